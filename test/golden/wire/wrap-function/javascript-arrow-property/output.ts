import { payment } from './patterns/payment.js';

export class Payments {
  sent = [];

  charge = async (amount) => {
    return payment.run(() => this.#chargeDirectly(amount));
  };

  #chargeDirectly = async (amount) => {
    return this.sent.push(amount);
  };
}
