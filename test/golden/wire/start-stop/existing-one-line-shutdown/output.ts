import http from 'node:http';
import { handler } from './handler.js';
import { orderEmailConsumer } from './patterns/order-email.js';

await orderEmailConsumer.start();
const server = http.createServer(handler).listen(8080);
process.on('SIGTERM', () => {
  server.close(() => void orderEmailConsumer.close({ drainMs: 10_000 }));
});
