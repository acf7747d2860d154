import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

export class OrderService {
  readonly #mailer: Mailer;
  #sent = 0;

  constructor(mailer: Mailer) {
    this.#mailer = mailer;
    // Nothing is sent yet.
  }

  async sendOrder(order: Order) {
    await this.#mailer.send(order);
    this.#sent += 1;
  }

  get sent(): number {
    return this.#sent;
  }
}
