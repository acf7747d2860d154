import { payment } from './patterns/payment.js';

export class Payments {
  #count = 0;

  accessor charge = async (amount: number): Promise<number> => {
    return payment.run(() => this.#chargeDirectly(amount));
  };

  readonly #chargeDirectly = async (amount: number): Promise<number> => {
    return (this.#count += amount);
  };
}
