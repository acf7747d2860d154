import { orders } from './order-store.js';
import type { Order } from './order.js';
import { orderEmailQueue } from './patterns/order-email.js';

export async function sendConfirmations(since: Date): Promise<number> {
  const due: Order[] = await orders.placedSince(since);
  for (const order of due) {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }
  return due.length;
}
