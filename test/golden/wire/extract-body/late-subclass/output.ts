import { Base } from './base.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';
import type { OrderEmailJob } from './patterns/order-email.js';

export class OrderService extends Base {
  constructor(...args: ConstructorParameters<typeof Base>) {
    super(...args);
    handleOrderEmailJobs((job) => this.#sendOrderNow(job));
  }

  async sendOrder({ email }: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: { email } });
  }

  async #sendOrderNow({ email }: OrderEmailJob): Promise<void> {
    await super.prepare();
    await this.mailer.send(email);
  }
}
