import type { Order } from './order.js';

export class Mailbox {
  constructor(private readonly url: string) {}

  async sendOrder(order: Order): Promise<void> {
    await fetch(this.url, { body: JSON.stringify(order) });
  }
}

export const german = new Mailbox('https://mail.example/de');
export const french = new Mailbox('https://mail.example/fr');
