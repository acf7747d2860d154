import { payment } from './patterns/payment.js';

export class Payments {
  readonly sent: number[] = [];

  readonly charge = async (amount: number): Promise<number> => {
    return payment.run(() => this.#chargeDirectly(amount));
  };

  readonly #chargeDirectly = async (amount: number): Promise<number> => {
    return this.sent.push(amount);
  };
}
