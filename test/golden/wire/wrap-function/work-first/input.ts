export async function charge(amount: number): Promise<number> {
  return amount;
}
