import { bus } from './bus.js';
import { mailer } from './mailer.js';

bus.on('order.placed', async (order) => {
  await mailer.confirm(order.email);
});
