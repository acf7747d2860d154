import { post } from './http.js';
import { payment } from './patterns/payment.js';

/** Charges once. */
export async function charge(account: string, amount: number): Promise<string> {
  return payment.run(() => chargeDirectly(account, amount));
}

async function chargeDirectly(
  account: string,
  amount: number,
): Promise<string> {
  return post(account, amount);
}
