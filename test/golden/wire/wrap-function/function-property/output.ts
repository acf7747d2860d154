import { payment } from './patterns/payment.js';

export class Payments {
  count = 0;

  charge = async function (this: Payments, amount: number): Promise<number> {
    return payment.run(() => this.#chargeDirectly(amount));
  };

  readonly #chargeDirectly = async function (
    this: Payments,
    amount: number,
  ): Promise<number> {
    return (this.count += amount);
  };
}
