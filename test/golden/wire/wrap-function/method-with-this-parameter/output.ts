import { payment } from './patterns/payment.js';

export class Account {
  balance = 0;

  async charge(this: Account, amount: number): Promise<number> {
    return payment.run(() => this.#chargeDirectly(amount));
  }

  async #chargeDirectly(this: Account, amount: number): Promise<number> {
    return (this.balance -= amount);
  }
}
