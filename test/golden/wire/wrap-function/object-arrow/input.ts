import { gate } from './gate.js';

export const payments = {
  charge: async <T extends number>(cents: T) => {
    const answer = await gate.charge(cents);
    return { answer, cents };
  },
};
