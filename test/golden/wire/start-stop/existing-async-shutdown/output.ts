import { promisify } from 'node:util';
import Koa from 'koa';
import { orderEmailConsumer } from './patterns/order-email.js';
import { pool } from './pool.js';

const app = new Koa();
await orderEmailConsumer.start();
const server = app.listen(3000);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, async () => {
    await promisify(server.close.bind(server))();
    await orderEmailConsumer.close({ drainMs: 10_000 });
    await pool.end();
    process.exit(0);
  });
}
