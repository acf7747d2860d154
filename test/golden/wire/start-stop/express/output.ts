import express from 'express';
import { orders } from './orders.js';
import { orderEmailConsumer } from './patterns/order-email.js';

const app = express();
app.use(express.json());
app.use('/orders', orders);

const port = Number(process.env.PORT ?? 3000);
await orderEmailConsumer.start();
const server = app.listen(port, () => {
  console.log(`listening on ${port}`);
});

// Take no new requests, finish what is in hand, then end.
const shutdown = async () => {
  await new Promise((closed) => server.close(closed));
  await orderEmailConsumer.close({ drainMs: 10_000 });
  process.exit();
};
process.once('SIGTERM', () => void shutdown());
process.once('SIGINT', () => void shutdown());
