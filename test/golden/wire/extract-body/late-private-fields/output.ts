import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class OrderService {
  readonly #mailer: Mailer;
  #sent = 0;

  constructor(mailer: Mailer) {
    this.#mailer = mailer;
    handleOrderEmailJobs((order) => this.#sendOrderNow(order));
    // Nothing is sent yet.
  }

  async sendOrder(order: Order) {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  async #sendOrderNow(order: Order): Promise<void> {
    await this.#mailer.send(order);
    this.#sent += 1;
  }

  get sent(): number {
    return this.#sent;
  }
}
