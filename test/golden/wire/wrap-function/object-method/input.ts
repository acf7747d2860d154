import { gate } from './gate.js';

export const payments = {
  retries: 2,

  /** Charges. */
  async charge(cents: number, { isLast = false }: { isLast?: boolean } = {}): Promise<string> {
    if (isLast) return 'last';
    return gate.charge(cents + this.retries);
  },
};
