import { orders } from './patterns/orders.js';

export const one = () => orders.run(() => fetch('1'));
