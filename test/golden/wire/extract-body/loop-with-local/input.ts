import { send } from './mail.js';
import { type Order, retryable } from './order.js';

export async function notify(orders: readonly Order[], template: string, attempt = 1) {
  for (const order of orders) {
    if (!order.email) continue;
    if (retryable(order)) {
      for (const address of order.addresses) {
        if (address.bounced) continue;
        await send(address, template, `attempt ${attempt}
  of 3`);
      }
    }
  }
}
