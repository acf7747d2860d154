import { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class Mails {
  static readonly #mailer = new Mailer();

  static {
    handleOrderEmailJobs((order) => Mails.#sendNow(order));
  }

  static async send(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  static async #sendNow(order: Order): Promise<void> {
    await this.#mailer.send(order);
  }
}
