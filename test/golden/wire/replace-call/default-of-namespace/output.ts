import { ordersClient } from './patterns/orders.js';

export const load = (id: string) => ordersClient.get<string>(id);
