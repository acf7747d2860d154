import type { Order } from './order.js';

export class OrderService {
  readonly #sent: Order[] = [];

  async sendOrder(order?: Order): Promise<void> {
    await Promise.resolve();
    if (order) this.#sent.push(order);
  }
}
