import { type Order, retryable } from './order.js';
import { orderEmailQueue } from './patterns/order-email.js';

export async function notify(orders: readonly Order[], template: string, attempt = 1) {
  for (const order of orders) {
    if (!order.email) continue;
    if (retryable(order)) {
      for (const address of order.addresses) {
        await orderEmailQueue.send({
          type: 'order-email',
          body: { address, template, attempt },
        });
      }
    }
  }
}
