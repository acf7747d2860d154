export const charge = async (amount: number): Promise<number> => amount,
  fee = 2;
