import type { Mailer } from './mailer.js';
import type { OrderRepository } from './order-repository.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';
import type { OrderEmailJob } from './patterns/order-email.js';

export class OrderService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly mailer: Mailer,
  ) {
    handleOrderEmailJobs((job) => this.doOrderEmail(job));
  }

  /** Every night. */
  async sendAll(template: string): Promise<number> {
    const orders = await this.orders.findOpen();
    for (const order of orders) {
      await orderEmailQueue.send({
        type: 'order-email',
        body: { order, template },
      });
    }
    return orders.length;
  }

  private async doOrderEmail({
    order,
    template,
  }: OrderEmailJob): Promise<void> {
    if (order.email === '') return;
    await this.mailer.send(order);
    console.log(`${template}
  sent`);
  }

  async close(): Promise<void> {}
}
