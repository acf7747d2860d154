export async function charge(order: string): Promise<string> {
  return order;
}

export async function refund(order: string): Promise<string> {
  return order;
}
