import { gate } from './gate.js';
import { payment } from './patterns/payment.js';

async function chargeDirectly(
  this: typeof payments,
  cents: number,
  { isLast = false }: { isLast?: boolean },
): Promise<string> {
  if (isLast) return 'last';
  return gate.charge(cents + this.retries);
}

export const payments = {
  retries: 2,

  /** Charges. */
  async charge(cents: number, input: { isLast?: boolean } = {}): Promise<string> {
    return payment.run(() => chargeDirectly.call(this, cents, input));
  },
};
