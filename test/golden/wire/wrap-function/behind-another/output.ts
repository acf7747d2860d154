import { payment } from './patterns/payment.js';
import { retry } from './patterns/retry.js';

export async function charge(amount: number): Promise<number> {
  return payment.run(() => chargeDirectly(amount));
}

async function chargeDirectly(amount: number): Promise<number> {
  return retry.run(() => chargeOnce(amount));
}

async function chargeOnce(amount: number): Promise<number> {
  return amount;
}
