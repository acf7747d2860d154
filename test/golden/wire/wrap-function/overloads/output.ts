import { payment } from './patterns/payment.js';

export class Store {
  readonly #rows = new Map<string, number>();

  read(id: string): Promise<number | undefined>;
  read(id: string, or: number): Promise<number>;
  async read(id: string, or?: number): Promise<number | undefined> {
    return payment.run(() => this.#readDirectly(id, or));
  }

  async #readDirectly(id: string, or?: number): Promise<number | undefined> {
    return this.#rows.get(id) ?? or;
  }
}
