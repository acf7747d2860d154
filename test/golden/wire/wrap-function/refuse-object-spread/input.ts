import { base } from './base.js';

export const payments = {
  ...base,
  async refund(cents: number): Promise<string> {
    return base.refund(cents);
  },
};
