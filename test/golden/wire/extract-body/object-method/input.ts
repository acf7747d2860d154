import { mailer } from './mailer.js';
import type { Order } from './order.js';

export const orders = {
  async sendConfirmation(order: Order): Promise<void> {
    await mailer.send(order.email, 'Thank you');
  },
};
