import { createServer } from 'node:http';
import { app } from './app.js';
import { orderEmailConsumer } from './patterns/order-email.js';
import { pool } from './pool.js';

const server = createServer(app);
await orderEmailConsumer.start();
server.listen(3000);

process.on('SIGTERM', async function onTerm() {
  await orderEmailConsumer.close({ drainMs: 10_000 });
  await pool.end();
  process.exit(0);
});
