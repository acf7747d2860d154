import { log } from './log.js';
import { orderEmailQueue } from './patterns/order-email.js';

setInterval(async () => {
  await orderEmailQueue.send({ type: 'order-email', body: {} });
}, 60_000);

log.info('scheduled');
