import { payment } from './patterns/payment.js';

export async function charge(account: string, ...amounts: number[]): Promise<number> {
  return payment.run(() => chargeDirectly(account, ...amounts));
}

async function chargeDirectly(
  account: string,
  ...amounts: number[]
): Promise<number> {
  return account.length + amounts.length;
}
