import Koa from 'koa';
import { orderEmailConsumer } from './patterns/order-email.js';
import { routes } from './routes.js';

const app = new Koa();
app.use(routes);

await orderEmailConsumer.start();
const server = app.listen(3000);

const stop = async () => {
  await new Promise((closed) => server.close(closed));
  await orderEmailConsumer.close({ drainMs: 10_000 });
  process.exit();
};
process.once('SIGTERM', () => void stop());
