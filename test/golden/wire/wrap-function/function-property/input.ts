export class Payments {
  count = 0;

  charge = async function (this: Payments, amount: number): Promise<number> {
    return (this.count += amount);
  };
}
