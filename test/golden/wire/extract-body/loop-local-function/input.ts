import { smtp } from './smtp.js';

interface Order {
  id: string;
  email: string;
}

async function sendMail(order: Order) {
  await smtp.send(order.email);
}

export async function sendAll(orders: Order[]) {
  for (const order of orders) {
    await sendMail(order);
  }
}
