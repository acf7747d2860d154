import type { Order } from './order.js';
import { orderEmailQueue } from './patterns/order-email.js';

async function sendConfirmation(order: Order): Promise<void> {
  await orderEmailQueue.send({ type: 'order-email', body: order });
}

export const orders = { confirm: sendConfirmation };
