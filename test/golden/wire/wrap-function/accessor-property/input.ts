export class Payments {
  #count = 0;

  accessor charge = async (amount: number): Promise<number> => {
    return (this.#count += amount);
  };
}
