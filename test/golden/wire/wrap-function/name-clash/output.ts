import { payment as payment2 } from './patterns/payment.js';

export const payment = 1;

export async function charge(amount: number): Promise<number> {
  return payment2.run(() => chargeDirectly2(amount));
}

async function chargeDirectly2(amount: number): Promise<number> {
  return chargeDirectly(amount);
}

async function chargeDirectly(amount: number): Promise<number> {
  return amount;
}
