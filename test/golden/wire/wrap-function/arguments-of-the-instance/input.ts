export async function charge(tenant: { readonly id: string }, amount: number): Promise<number> {
  return tenant.id.length + amount;
}
