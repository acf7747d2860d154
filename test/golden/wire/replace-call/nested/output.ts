import { ordersClient } from './patterns/orders.js';

export const load = (urls: string[]) =>
  ordersClient.fetch(urls[0] ?? '', { body: String(ordersClient.fetch('https://y')) });
