import { payment } from './patterns/payment.js';

export class Rates {
  #cached = 0;

  rate(currency: string): number {
    return payment.same(() => this.#rateDirectly(currency));
  }

  #rateDirectly(currency: string): number {
    return currency.length + this.#cached;
  }
}
