import { payment } from './patterns/payment.js';

export class Model {
  static table = '';

  static async find(id) {
    return payment.run(() => Model.#findDirectly.call(this, id));
  }

  static async #findDirectly(id) {
    return this.table + id;
  }
}
