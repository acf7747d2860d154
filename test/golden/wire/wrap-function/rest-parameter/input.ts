export async function charge(account: string, ...amounts: number[]): Promise<number> {
  return account.length + amounts.length;
}
