import { createServer } from 'node:http';
import { answer } from './answer';
import { orderConfirmationForWholesaleCustomersConsumer } from './patterns/order-confirmation';

export function main() {
  const server = createServer(answer);
  orderConfirmationForWholesaleCustomersConsumer
    .start()
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  server.listen(3000);

  // Take no new requests, finish what is in hand, then end.
  const shutdown = async () => {
    await new Promise((closed) => server.close(closed));
    await orderConfirmationForWholesaleCustomersConsumer.close({ drainMs: 10_000 });
    process.exit();
  };
  process.once('SIGTERM', () => void shutdown());
  process.once('SIGINT', () => void shutdown());
}
