import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

/** Orders. */
export class OrderService {
  constructor(private readonly mailer: Mailer) {
    handleOrderEmailJobs((order) => this.handleOrderNow(order));
  }

  /** Tells the customer. */
  async handleOrder(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  private async handleOrderNow(order: Order): Promise<void> {
    // The mail server is slow.
    await this.mailer.send(order);
  }

  async find(id: string): Promise<Order | undefined> {
    return undefined;
  }
}
