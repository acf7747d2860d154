interface Account {
  balance: number;
}

export async function charge(
  this: Account,
  amount: number,
  times?: number,
): Promise<number> {
  return (this.balance -= amount * (times ?? 1));
}
