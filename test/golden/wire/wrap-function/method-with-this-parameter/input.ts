export class Account {
  balance = 0;

  async charge(this: Account, amount: number): Promise<number> {
    return (this.balance -= amount);
  }
}
