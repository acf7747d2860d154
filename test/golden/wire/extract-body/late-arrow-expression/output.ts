import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class OrderService {
  constructor(readonly mailer: Mailer) {
    handleOrderEmailJobs((order) => this.#doOrderEmail(order));
  }

  readonly sendOrder = async (order: Order) => {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  };

  async #doOrderEmail(order: Order): Promise<void> {
    await this.mailer.send(order);
  }

  readonly close = () => undefined;
}
