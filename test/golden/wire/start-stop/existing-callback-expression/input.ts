import { createServer } from 'node:http';
import { app } from './app.js';

const server = createServer(app).listen(3000);

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  setTimeout(() => process.exit(1), 10_000).unref();
});
process.on('SIGINT', () => process.exit(130));
