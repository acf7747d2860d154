import type { Mailer } from './mailer.js';
import type { OrderRepository } from './order-repository.js';

export class OrderService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly mailer: Mailer,
  ) {}

  /** Every night. */
  async sendAll(template: string): Promise<number> {
    const orders = await this.orders.findOpen();
    for (const order of orders) {
      if (order.email === '') continue;
      await this.mailer.send(order);
      console.log(`${template}
  sent`);
    }
    return orders.length;
  }

  async close(): Promise<void> {}
}
