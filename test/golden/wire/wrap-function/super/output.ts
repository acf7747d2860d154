import { Base } from './base.js';
import { payment } from './patterns/payment.js';

export class Child extends Base {
  override async read(id: string): Promise<string> {
    return payment.run(() => this.#readDirectly(id));
  }

  async #readDirectly(id: string): Promise<string> {
    return `child ${await super.read(id)}`;
  }
}
