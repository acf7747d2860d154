import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs as handleOrderEmailJobs2,
  orderEmailQueue,
} from './patterns/order-email.js';

function handleOrderEmailJobs() {}
handleOrderEmailJobs();

export class OrderService {
  constructor(private readonly mailer: Mailer) {
    void this.sendOrderNow();
    handleOrderEmailJobs2((order) => this.sendOrderNow2(order));
  }

  async sendOrder(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  private async sendOrderNow2(order: Order): Promise<void> {
    await this.mailer.send(order);
  }

  private async sendOrderNow() {}
}
