export class Payments {
  static readonly fee = 2;
  static charge = async (amount: number): Promise<number> => amount + this.fee;
}
