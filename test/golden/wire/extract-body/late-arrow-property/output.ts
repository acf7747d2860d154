import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class OrderService {
  private readonly mailer: Mailer;

  constructor(mailer: Mailer) {
    this.mailer = mailer;
    handleOrderEmailJobs((order) => this.sendOrderNow(order));
  }

  readonly sendOrder = async (order: Order): Promise<void> => {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  };

  private readonly sendOrderNow = async (order: Order): Promise<void> => {
    await this.mailer.send(order);
  };

  readonly close = () => undefined;
}
