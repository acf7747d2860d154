import type { Order } from './order.js';

export class OrderService {
  constructor(private readonly mailer: Mailer) {}

  async sendAll(orders: Order[]) {
    for (const order of orders) {
      await this.mailer.send(order);
    }
  }
}
