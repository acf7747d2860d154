import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export const Mails = class {
  static readonly sent: string[] = [];

  static {
    handleOrderEmailJobs((order) => this.#sendNow(order));
  }

  static async send(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  static async #sendNow(order: Order): Promise<void> {
    await Promise.resolve();
    this.sent.push(order.id);
  }
};
