export async function charge(amount: number): Promise<number> {
  return amount;
}

export async function refund(amount: number): Promise<number> {
  return -amount;
}

export const half = (amount: number) => amount / 2;
