export const payment = 1;

export async function charge(amount: number): Promise<number> {
  return chargeDirectly(amount);
}

async function chargeDirectly(amount: number): Promise<number> {
  return amount;
}
