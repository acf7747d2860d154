import { mailer } from './mailer.js';
import type { Order } from './order.js';

async function sendConfirmation(order: Order): Promise<void> {
  await mailer.send(order.email, 'Thank you');
}

export const orders = { confirm: sendConfirmation };
