import { createServer } from 'node:http';

import answer = require('./answer.cjs');
import { orderEmailConsumer } from './patterns/order-email.cjs';

orderEmailConsumer.start().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
const server = createServer(answer).listen(3000);

// Take no new requests, finish what is in hand, then end.
const shutdown = async () => {
  await new Promise((closed) => server.close(closed));
  await orderEmailConsumer.close({ drainMs: 10_000 });
  process.exit();
};
process.once('SIGTERM', () => void shutdown());
process.once('SIGINT', () => void shutdown());
