import { injectable } from 'inversify';
import { Base } from './base.js';
import type { Order } from './order.js';

@injectable()
export class OrderService extends Base<Order> {
  async sendOrder(order: Order): Promise<void> {
    await this.deliver(order);
  }
}
