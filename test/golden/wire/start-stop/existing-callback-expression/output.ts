import { createServer } from 'node:http';
import { app } from './app.js';
import { orderEmailConsumer } from './patterns/order-email.js';

await orderEmailConsumer.start();
const server = createServer(app).listen(3000);

process.on('SIGTERM', () => {
  server.close(async () => {
    await orderEmailConsumer.close({ drainMs: 10_000 });
    process.exit(0);
  });
  setTimeout(() => process.exit(1), 10_000).unref();
});
process.on('SIGINT', async () => {
  await orderEmailConsumer.close({ drainMs: 10_000 });
  process.exit(130);
});
