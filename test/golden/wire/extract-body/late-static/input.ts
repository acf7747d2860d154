import { Mailer } from './mailer.js';
import type { Order } from './order.js';

export class Mails {
  static readonly #mailer = new Mailer();

  static async send(order: Order): Promise<void> {
    await this.#mailer.send(order);
  }
}
