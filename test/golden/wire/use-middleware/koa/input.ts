import Koa from 'koa';

const app = new Koa();

app.use(async (ctx, next) => {
  const before = performance.now();
  await next();
  ctx.set('x-took', String(performance.now() - before));
});

app.use(async (ctx) => {
  ctx.body = 'Hello';
});

app.listen(3000);
