import { ordersClient } from './patterns/orders.js';

export async function load(id: string): Promise<Response> {
  return ordersClient.fetch(id);
}

export async function save(id: string): Promise<Response> {
  return fetch(id, { method: 'PUT' });
}
