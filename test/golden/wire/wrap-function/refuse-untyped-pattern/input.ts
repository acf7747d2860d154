export async function charge({ amount = 1, times = 2 } = {}): Promise<number> {
  return amount * times;
}
