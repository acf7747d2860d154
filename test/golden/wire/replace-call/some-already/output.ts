import { ordersClient } from './patterns/orders.js';

export const one = () => ordersClient.fetch('1');
export const two = () => ordersClient.fetch('2');
