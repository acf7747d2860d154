export async function charge(_amount: number): Promise<number> {
  return arguments.length;
}
