import type { Order } from './order.js';

export function createMails<T extends { send(order: Order): Promise<void> }>(mailer: T) {
  class Mails {
    #sent = 0;

    async sendAll(orders: readonly Order[]): Promise<number> {
      for (const order of orders) {
        const by: T = mailer;
        await by.send(order);
        this.#sent += 1;
      }
      return this.#sent;
    }
  }
  return new Mails();
}
