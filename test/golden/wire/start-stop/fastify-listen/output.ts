import Fastify from 'fastify';
import { orderEmailConsumer } from './patterns/order-email.js';
import { routes } from './routes.js';

const fastify = Fastify({ logger: true });
fastify.register(routes);

const start = async () => {
  try {
    fastify.addHook('onReady', () => orderEmailConsumer.start());
    // Closed before what the plugins have brought.
    fastify.after(() => {
      fastify.addHook('onClose', () =>
        orderEmailConsumer.close({ drainMs: 10_000 }),
      );
    });
    await fastify.listen({ port: 3000 });

    // Take no new requests, finish what is in hand, then end.
    const shutdown = async () => {
      await fastify.close();
      process.exit();
    };
    process.once('SIGTERM', () => void shutdown());
    process.once('SIGINT', () => void shutdown());
  } catch (err) {
    fastify.log.error(err);
    process.exit(1);
  }
};

start();
