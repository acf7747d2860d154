import Koa from 'koa';
import { routes } from './routes.js';

const app = new Koa();
app.use(routes);

const server = app.listen(3000);

const stop = async () => {
  await new Promise((closed) => server.close(closed));
  process.exit();
};
process.once('SIGTERM', () => void stop());
