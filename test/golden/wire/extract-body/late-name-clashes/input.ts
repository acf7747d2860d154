import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

function handleOrderEmailJobs() {}
handleOrderEmailJobs();

export class OrderService {
  constructor(private readonly mailer: Mailer) {
    void this.sendOrderNow();
  }

  async sendOrder(order: Order): Promise<void> {
    await this.mailer.send(order);
  }

  private async sendOrderNow() {}
}
