import Koa from 'koa';
import { limiter } from './patterns/limiter.js';

const app = new Koa();
app.use((ctx, next) => {
  ctx.respond = false;
  ctx.res.statusCode = 200;
  return new Promise((resolve, reject) => {
    ctx.res.once('close', resolve);
    limiter.middleware(ctx.req, ctx.res, (error) => {
      ctx.respond = true;
      ctx.res.statusCode = 404;
      if (error) reject(error);
      else next().then(resolve, reject);
    });
  });
});
app.use((ctx) => {
  ctx.body = 'Hello';
});
app.listen(3000);
