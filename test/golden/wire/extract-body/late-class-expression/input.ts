import type { Order } from './order.js';

export const Mails = class {
  static readonly sent: string[] = [];

  static async send(order: Order): Promise<void> {
    await Promise.resolve();
    this.sent.push(order.id);
  }
};
