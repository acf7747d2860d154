import { mailer } from './mailer.js';
import { orders } from './order-store.js';
import type { Order } from './order.js';
import { render } from './render.js';

export async function sendConfirmations(since: Date): Promise<number> {
  const due: Order[] = await orders.placedSince(since);
  for (const order of due) {
    // One mail each.
    const html = render('confirmation', order);
    await mailer.send({
      to: order.email,
      html,
    });
  }
  return due.length;
}
