import { payment } from './patterns/payment.js';

/**
 * @param {number} amount
 * @returns {Promise<number>}
 */
export function charge(amount, tries = 3) {
  return payment.run(() => chargeDirectly(amount, tries));
}

function chargeDirectly(amount, tries) {
  return post(amount, tries);
}
