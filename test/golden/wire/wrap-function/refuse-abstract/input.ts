export abstract class Payments {
  #sent = 0;

  constructor(sent: number) {
    this.#sent = sent;
  }

  get total(): number {
    return this.#sent;
  }

  set total(value: number) {
    this.#sent = value;
  }

  abstract charge(amount: number): Promise<number>;

  async *history(): AsyncGenerator<number> {
    yield this.#sent;
  }

  readonly rate = 1;

  async ['refund'](): Promise<number> {
    return this.#sent;
  }
}
