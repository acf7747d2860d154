export class Payments {
  readonly sent: number[] = [];

  readonly charge = async (amount: number): Promise<number> => {
    return this.sent.push(amount);
  };
}
