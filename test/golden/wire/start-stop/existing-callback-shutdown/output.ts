import { createServer } from 'node:http';
import { app } from './app.js';
import { orderEmailConsumer } from './patterns/order-email.js';
import { pool } from './pool.js';

const server = createServer(app);
await orderEmailConsumer.start();
server.listen(3000);

function shutdown(signal: string) {
  console.log(`${signal}: closing`);
  server.close(async () => {
    await orderEmailConsumer.close({ drainMs: 10_000 });
    pool.end(() => process.exit(0));
  });
}

process.on('SIGTERM', () => shutdown('SIGTERM'));
process.on('SIGINT', () => shutdown('SIGINT'));
