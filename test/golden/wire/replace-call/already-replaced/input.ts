import { ordersClient as client } from './patterns/orders.js';

export const one = () => client.fetch('1');
