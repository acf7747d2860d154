import type { Mail, Mailer } from '../mail/mailer.js';

export interface Confirmation {
  readonly orderId: string;
  readonly name: string;
  readonly email: string;
  readonly totalCents: number;
}

export class OrderMails {
  constructor(private readonly mailer: Mailer) {}

  /** Tells the customer that the order has arrived. */
  async sendConfirmation(confirmation: Confirmation): Promise<void> {
    await this.mailer.send(confirmationMail(confirmation));
  }
}

export function confirmationMail(confirmation: Confirmation): Mail {
  const total = (confirmation.totalCents / 100).toFixed(2);
  return {
    to: confirmation.email,
    subject: `Your order ${confirmation.orderId}`,
    text: `Thank you, ${confirmation.name}: ${total} EUR.`,
  };
}
