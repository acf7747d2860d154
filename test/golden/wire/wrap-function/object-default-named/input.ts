import { gate } from './gate.js';

const payments = Object.freeze({
  charge: async (cents: number): Promise<string> => gate.charge(cents),
});

export default payments;
