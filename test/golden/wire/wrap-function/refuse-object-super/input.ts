import { base } from './base.js';

export const payments = {
  __proto__: base,
  async charge(cents: number): Promise<string> {
    return super.charge(cents);
  },
};
