import { payment } from './patterns/payment.js';

export async function charge(amount: number): Promise<number> {
  return payment.within(() => chargeDirectly(amount), 1_000);
}

async function chargeDirectly(amount: number): Promise<number> {
  return amount;
}
