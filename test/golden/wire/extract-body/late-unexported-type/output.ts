import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export interface Order {
  readonly id: string;
}

export class OrderService {
  readonly #handled = new Set<string>();

  constructor() {
    handleOrderEmailJobs((order) => this.#handleOrderNow(order));
  }

  async handleOrder(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  async #handleOrderNow(order: Order): Promise<void> {
    await Promise.resolve();
    this.#handled.add(order.id);
  }
}
