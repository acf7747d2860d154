interface Order {
  readonly id: string;
}

export class OrderService {
  readonly #handled = new Set<string>();

  async handleOrder(order: Order): Promise<void> {
    await Promise.resolve();
    this.#handled.add(order.id);
  }
}
