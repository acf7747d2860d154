import express = require('express');
import { orderEmailConsumer } from './patterns/order-email.cjs';

const app = express();
orderEmailConsumer.start().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
const server = app.listen(3000);

// Take no new requests, finish what is in hand, then end.
const shutdown = async () => {
  await new Promise((closed) => server.close(closed));
  await orderEmailConsumer.close({ drainMs: 10_000 });
  process.exit();
};
process.once('SIGTERM', () => void shutdown());
process.once('SIGINT', () => void shutdown());
