import { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class OrderService {
  private readonly mailer = new Mailer();

  constructor() {
    handleOrderEmailJobs((order) => this.sendOrderNow(order));
  }

  async sendOrder(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  private async sendOrderNow(order: Order): Promise<void> {
    await this.mailer.send(order);
  }
}
