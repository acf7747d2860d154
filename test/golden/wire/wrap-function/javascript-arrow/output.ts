import { payment } from './patterns/payment.js';

export const charge = async amount => payment.run(() => chargeDirectly(amount));

const chargeDirectly = async (amount) => amount * 2;
