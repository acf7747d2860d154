import { payment } from './patterns/payment.js';

interface Charge {
  readonly amount: number;
  readonly currency?: string;
  readonly note: string;
}

export async function charge(
  input: Charge,
  input2: readonly string[] = [],
  tries = 3,
  delay: number = 100,
  reason?: string,
): Promise<string> {
  return payment.run(() => chargeDirectly(input, input2, tries, delay, reason));
}

async function chargeDirectly(
  { amount, currency = 'EUR' }: Charge,
  [first]: readonly string[],
  tries: number,
  delay: number,
  reason?: string,
): Promise<string> {
  return [amount, currency, first, tries, delay, reason].join();
}
