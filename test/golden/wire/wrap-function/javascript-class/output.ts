import { payment } from './patterns/payment.js';

export class Payments {
  #sent = 0;

  /** @param {number} amount */
  async charge(amount, input = {}) {
    return payment.run(() => this.#chargeDirectly(amount, input));
  }

  async #chargeDirectly(amount, { currency = 'EUR', ...rest }) {
    this.#sent += amount;
    return { currency, rest, sent: this.#sent };
  }
}
