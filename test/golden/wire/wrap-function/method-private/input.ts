export class Payments {
  #sent = 0;

  pay(amount: number): Promise<number> {
    return this.#charge(amount);
  }

  // Counts.
  async #charge(amount: number): Promise<number> {
    return (this.#sent += amount);
  }
}
