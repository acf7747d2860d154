import type { Mailer } from './mailer.js';

interface Order {
  readonly customerName: string;
  readonly customerEmail: string;
}

export class OrderService {
  constructor(private readonly mailer: Mailer) {}

  async sendConfirmation({ customerName, customerEmail }: Order) {
    await this.mailer.send(customerName, customerEmail);
  }
}
