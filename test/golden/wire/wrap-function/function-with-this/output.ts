import { payment } from './patterns/payment.js';

interface Account {
  balance: number;
}

export async function charge(
  this: Account,
  amount: number,
  times?: number,
): Promise<number> {
  return payment.run(() => chargeDirectly.call(this, amount, times));
}

async function chargeDirectly(
  this: Account,
  amount: number,
  times?: number,
): Promise<number> {
  return (this.balance -= amount * (times ?? 1));
}
