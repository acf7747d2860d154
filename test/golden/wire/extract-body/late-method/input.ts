import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

/** Orders. */
export class OrderService {
  constructor(private readonly mailer: Mailer) {}

  /** Tells the customer. */
  async handleOrder(order: Order): Promise<void> {
    // The mail server is slow.
    await this.mailer.send(order);
  }

  async find(id: string): Promise<Order | undefined> {
    return undefined;
  }
}
