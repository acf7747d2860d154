import { orderEmailQueue } from './patterns/order-email.js';
import { smtp } from './smtp.js';

export interface Order {
  id: string;
  email: string;
}

export async function sendMail(order: Order) {
  await smtp.send(order.email);
}

export async function sendAll(orders: Order[]) {
  for (const order of orders) {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }
}
