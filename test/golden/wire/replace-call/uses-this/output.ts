import { orders } from './patterns/orders.js';

export class Orders {
  readonly #base = 'https://x/';

  async load(id: string): Promise<Response> {
    return orders.run(() => fetch(this.#base + id));
  }
}
