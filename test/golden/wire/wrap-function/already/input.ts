import { payment } from './patterns/payment.js';

export async function charge(amount: number): Promise<number> {
  return payment.run(() => chargeDirectly(amount));
}

async function chargeDirectly(amount: number): Promise<number> {
  return amount;
}
