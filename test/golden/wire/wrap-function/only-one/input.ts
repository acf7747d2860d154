export const limit = 3;

export async function charge(amount: number): Promise<number> {
  return amount * limit;
}
