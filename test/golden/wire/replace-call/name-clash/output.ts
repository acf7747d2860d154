import { ordersClient as ordersClient2 } from './patterns/orders.js';

const ordersClient = 1;

export const one = () => ordersClient2.fetch(String(ordersClient));
