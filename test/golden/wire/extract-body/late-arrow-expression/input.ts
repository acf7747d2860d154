import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

export class OrderService {
  constructor(readonly mailer: Mailer) {}

  readonly sendOrder = async (order: Order) => await this.mailer.send(order);

  readonly close = () => undefined;
}
