type Charge = (amount: number) => Promise<number>;

export class Payments {
  private readonly sent: number[] = [];

  protected charge: Charge = async (amount) => this.sent.push(amount);

  pay(): Promise<number> {
    return this.charge(1);
  }
}
