import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';
import type { OrderEmailJob } from './patterns/order-email.js';

export function createMails<T extends { send(order: Order): Promise<void> }>(mailer: T) {
  class Mails {
    #sent = 0;

    constructor() {
      handleOrderEmailJobs((order) => this.#doOrderEmail(order));
    }

    async sendAll(orders: readonly Order[]): Promise<number> {
      for (const order of orders) {
        await orderEmailQueue.send({ type: 'order-email', body: order });
      }
      return this.#sent;
    }

    async #doOrderEmail(order: OrderEmailJob): Promise<void> {
      const by: T = mailer;
      await by.send(order);
      this.#sent += 1;
    }
  }
  return new Mails();
}
