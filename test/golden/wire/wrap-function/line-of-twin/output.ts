import { payment } from './patterns/payment.js';

export class A {
  async run(): Promise<void> {}

  static async run(): Promise<void> {
    return payment.run(() => A.#runDirectly());
  }

  static async #runDirectly(): Promise<void> {}
}
