import type { Mailer } from './mailer.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';
import type { OrderEmailJob } from './patterns/order-email.js';

export interface Order {
  readonly customerName: string;
  readonly customerEmail: string;
}

export class OrderService {
  constructor(private readonly mailer: Mailer) {
    handleOrderEmailJobs((job) => this.sendConfirmationNow(job));
  }

  async sendConfirmation({ customerName, customerEmail }: Order) {
    await orderEmailQueue.send({
      type: 'order-email',
      body: { customerName, customerEmail },
    });
  }

  private async sendConfirmationNow({
    customerName,
    customerEmail,
  }: OrderEmailJob): Promise<void> {
    await this.mailer.send(customerName, customerEmail);
  }
}
