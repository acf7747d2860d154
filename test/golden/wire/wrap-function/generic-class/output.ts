import { payment } from './patterns/payment.js';

export class Box<T> {
  async put(value: T): Promise<T> {
    return payment.run(() => this.#putDirectly(value));
  }

  async #putDirectly(value: T): Promise<T> {
    return value;
  }
}
