import { payment } from './patterns/payment.js';

export class Payments {
  static readonly fee = 2;
  static charge = async (amount: number): Promise<number> =>
    payment.run(() => this.#chargeDirectly(amount));

  static readonly #chargeDirectly = async (amount: number): Promise<number> => amount + this.fee;
}
