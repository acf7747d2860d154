import { ordersClient } from './patterns/orders.js';

export const one = (id: string) => ordersClient.named('orders', id);
export const two = (id: string) => ordersClient.named(
  'orders',
  id,
  {},
);
