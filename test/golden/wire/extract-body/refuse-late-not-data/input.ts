import type { Request } from 'express';

export class OrderService {
  readonly #seen: string[] = [];

  async handleOrder(order: Request): Promise<void> {
    await Promise.resolve();
    this.#seen.push(order.url);
  }
}
