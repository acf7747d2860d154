import { ordersClient } from './patterns/orders.js';

const first = await fetch('https://x/1');
const second = await ordersClient.fetch('https://x/2');

export { first, second };
