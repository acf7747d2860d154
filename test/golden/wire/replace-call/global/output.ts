import { ordersClient } from './patterns/orders.js';

export async function load(id: string): Promise<unknown> {
  const response = await ordersClient.fetch(`https://x/${id}`, {
    method: 'GET',
  });
  return response.json();
}

export const ping = () => ordersClient.fetch('https://x').then((one) => one.ok);
