export class Payments {
  private sent = 0;

  async charge(amount: number): Promise<number> {
    return (this.sent += amount);
  }
}
