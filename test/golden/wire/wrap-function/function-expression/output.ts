import { payment } from './patterns/payment.js';

export const charge = async function again(times: number): Promise<number> {
  return payment.run(() => chargeDirectly(times));
};

const chargeDirectly = async function again(times: number): Promise<number> {
  return times > 1 ? again(times - 1) : times;
};
