import { Mailer } from './mailer.js';
import type { Order } from './order.js';

export class OrderService {
  private readonly mailer = new Mailer();

  async sendOrder(order: Order): Promise<void> {
    await this.mailer.send(order);
  }
}
