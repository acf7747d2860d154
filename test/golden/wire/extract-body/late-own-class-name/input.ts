import type { Order } from './order.js';

export class Mails {
  static async deliver(order: Order): Promise<void> {
    console.log(order);
  }

  static async send(order: Order): Promise<void> {
    await Mails.deliver(order);
  }
}
