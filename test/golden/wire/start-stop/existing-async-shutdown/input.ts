import { promisify } from 'node:util';
import Koa from 'koa';
import { pool } from './pool.js';

const app = new Koa();
const server = app.listen(3000);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, async () => {
    await promisify(server.close.bind(server))();
    await pool.end();
    process.exit(0);
  });
}
