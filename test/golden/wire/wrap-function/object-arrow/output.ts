import { gate } from './gate.js';
import { payment } from './patterns/payment.js';

const chargeDirectly = async <T extends number>(cents: T) => {
  const answer = await gate.charge(cents);
  return { answer, cents };
};

export const payments = {
  charge: async <T extends number>(cents: T) => {
    return payment.run(() => chargeDirectly<T>(cents));
  },
};
