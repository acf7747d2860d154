import { createServer } from 'node:http';
import { app } from './app.js';

const server = createServer(app);
server.listen(3000);

const shutdown = () => {
  console.log('bye');
  server.close();
};
process.once('SIGTERM', shutdown).once('SIGINT', shutdown);
