import { createServer } from 'node:http';
import { app } from './app.js';
import { pool } from './pool.js';

const server = createServer(app);
server.listen(3000);

process.on('SIGTERM', async function onTerm() {
  await pool.end();
  process.exit(0);
});
