import closeWithGrace from 'close-with-grace';
import Fastify from 'fastify';
import { orderEmailConsumer } from './patterns/order-email.js';
import { pool } from './pool.js';

const app = Fastify();
closeWithGrace({ delay: 500 }, async ({ err }) => {
  if (err) app.log.error(err);
  await app.close();
  await pool.end();
});

app.addHook('onReady', () => orderEmailConsumer.start());
// Closed before what the plugins have brought.
app.after(() => {
  app.addHook('onClose', () => orderEmailConsumer.close({ drainMs: 10_000 }));
});
await app.listen({ port: 3000 });
