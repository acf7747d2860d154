import { ordersClient } from './patterns/orders.js';

export const one = (ordersClient: number) => fetch(String(ordersClient));
export { ordersClient };
