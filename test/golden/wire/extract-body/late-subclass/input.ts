import { Base } from './base.js';
import type { Order } from './order.js';

export class OrderService extends Base {
  async sendOrder({ email }: Order): Promise<void> {
    await super.prepare();
    await this.mailer.send(email);
  }
}
