import { price } from './price.js';
import type { Order } from './order.js';

export async function total(orders: Order[]): Promise<number> {
  let sum = 0;
  for (const order of orders) {
    sum += await price(order);
  }
  return sum;
}
