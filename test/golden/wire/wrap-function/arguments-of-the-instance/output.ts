import { payment } from './patterns/payment.js';

export async function charge(tenant: { readonly id: string }, amount: number): Promise<number> {
  return payment.keyed('charge', tenant.id, () => chargeOnce(tenant, amount));
}

async function chargeOnce(
  tenant: { readonly id: string },
  amount: number,
): Promise<number> {
  return tenant.id.length + amount;
}
