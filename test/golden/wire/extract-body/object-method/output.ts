import type { Order } from './order.js';
import { orderEmailQueue } from './patterns/order-email.js';

export const orders = {
  async sendConfirmation(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  },
};
