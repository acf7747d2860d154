import Koa from 'koa';
import { invoicesFacade } from './patterns/invoices.js';

const app = new Koa();
app.use((ctx, next) => {
  ctx.respond = false;
  ctx.res.statusCode = 200;
  return new Promise<void>((resolve, reject) => {
    ctx.res.once('close', resolve);
    invoicesFacade(ctx.req, ctx.res, (error) => {
      ctx.respond = true;
      ctx.res.statusCode = 404;
      if (error) reject(error);
      else next().then(resolve, reject);
    });
  });
});
app.listen(3000);
