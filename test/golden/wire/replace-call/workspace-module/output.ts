import { orders } from './patterns/orders.js';
import { send as post } from './post/send.js';

export const both = (to: string) => [orders.limit(to), post(to)];
