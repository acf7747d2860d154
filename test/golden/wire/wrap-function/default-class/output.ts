import { payment } from './patterns/payment.js';

export default class {
  seen = 0;

  async handle(event: string): Promise<string> {
    return payment.run(() => this.#handleDirectly(event));
  }

  async #handleDirectly(event: string): Promise<string> {
    this.seen++;
    return event;
  }
}
