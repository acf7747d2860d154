export class Payments {
  #sent = 0;

  /** @param {number} amount */
  async charge(amount, { currency = 'EUR', ...rest } = {}) {
    this.#sent += amount;
    return { currency, rest, sent: this.#sent };
  }
}
