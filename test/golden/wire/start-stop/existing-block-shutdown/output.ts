import { createServer } from 'node:http';
import { app } from './app.js';
import { orderEmailConsumer } from './patterns/order-email.js';

const server = createServer(app);
await orderEmailConsumer.start();
server.listen(3000);

const shutdown = () => {
  console.log('bye');
  server.close(() => void orderEmailConsumer.close({ drainMs: 10_000 }));
};
process.once('SIGTERM', shutdown).once('SIGINT', shutdown);
