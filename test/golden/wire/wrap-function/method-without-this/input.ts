export class Payments {
  async charge(amount: number): Promise<number> {
    return amount * 2;
  }
}

export const { charge } = new Payments();
