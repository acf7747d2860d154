import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

export class OrderService {
  private readonly mailer: Mailer;

  constructor(mailer: Mailer) {
    this.mailer = mailer;
  }

  readonly sendOrder = async (order: Order): Promise<void> => {
    await this.mailer.send(order);
  };

  readonly close = () => undefined;
}
