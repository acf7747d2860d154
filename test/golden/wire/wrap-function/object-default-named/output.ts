import { gate } from './gate.js';
import { payment } from './patterns/payment.js';

const chargeDirectly = async (cents: number): Promise<string> => gate.charge(cents);

const payments = Object.freeze({
  charge: async (cents: number): Promise<string> =>
    payment.run(() => chargeDirectly(cents)),
});

export default payments;
