import Koa from 'koa';
import { limiter } from './patterns/limiter.js';

const app = new Koa();

app.use(async (ctx, next) => {
  const before = performance.now();
  await next();
  ctx.set('x-took', String(performance.now() - before));
});

app.use(limiter.koa);
app.use(async (ctx) => {
  ctx.body = 'Hello';
});

app.listen(3000);
