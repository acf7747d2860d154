import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

export class OrderService {
  mailer!: Mailer;

  constructor(mailer?: Mailer) {
    if (!mailer) return;
    this.mailer = mailer;
  }

  async sendOrder(order: Order): Promise<void> {
    await this.mailer.send(order);
  }
}
