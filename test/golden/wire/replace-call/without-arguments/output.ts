import { orders } from './patterns/orders.js';

export const at = () => orders.time('orders');
