import { orderEmailQueue } from './patterns/order-email.js';

export async function all(xs: string[]) {
  for (const x of xs) {
    await orderEmailQueue.send({ type: 'order-email', body: x });
  }
}
