import { payment } from './patterns/payment.js';

export class Payments {
  #sent = 0;

  /** Charges once. */
  async charge(account: string, amount: number): Promise<number> {
    return payment.run(() => this.#chargeDirectly(account, amount));
  }

  async #chargeDirectly(account: string, amount: number): Promise<number> {
    this.#sent += amount;
    return account.length + this.#sent;
  }

  total(): number {
    return this.#sent;
  }
}
