import { createServer } from 'node:http';
import { app } from './app.js';
import { pool } from './pool.js';

const server = createServer(app);
server.listen(3000);

function shutdown(signal: string) {
  console.log(`${signal}: closing`);
  server.close(() => {
    pool.end(() => process.exit(0));
  });
}

process.on('SIGTERM', () => shutdown('SIGTERM'));
process.on('SIGINT', () => shutdown('SIGINT'));
