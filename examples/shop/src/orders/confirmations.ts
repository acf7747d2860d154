import { sendMail } from '../mail/mailer.js';
import type { Mail } from '../mail/mailer.js';

export interface Confirmation {
  readonly orderId: string;
  readonly name: string;
  readonly email: string;
  readonly totalCents: number;
}

/** Tells each customer that the order has arrived. The request waits for it. */
export async function sendConfirmations(
  confirmations: readonly Confirmation[],
): Promise<void> {
  for (const confirmation of confirmations) {
    await sendMail(confirmationMail(confirmation));
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
