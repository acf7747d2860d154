import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class Mails {
  static {
    handleOrderEmailJobs((order) => Mails.#sendNow(order));
  }

  static async deliver(order: Order): Promise<void> {
    console.log(order);
  }

  static async send(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  static async #sendNow(order: Order): Promise<void> {
    await Mails.deliver(order);
  }
}
