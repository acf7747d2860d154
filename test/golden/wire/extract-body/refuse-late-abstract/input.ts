import type { Order } from './order.js';

export abstract class OrderService {
  abstract deliver(order: Order): Promise<void>;

  async sendOrder(order: Order): Promise<void> {
    await this.deliver(order);
  }
}
