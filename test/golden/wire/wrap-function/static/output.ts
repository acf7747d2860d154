import { payment } from './patterns/payment.js';

export class Payments {
  static async charge(amount: number): Promise<number> {
    return payment.run(() => Payments.#chargeDirectly(amount));
  }

  static async #chargeDirectly(amount: number): Promise<number> {
    return amount;
  }
}
