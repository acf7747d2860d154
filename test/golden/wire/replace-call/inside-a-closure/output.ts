import { orders } from './patterns/orders.js';

export async function load(id: string): Promise<unknown> {
  const response = await orders.run(() => fetch(id));
  return response.json();
}
