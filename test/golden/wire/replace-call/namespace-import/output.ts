import { ordersClient } from './patterns/orders.js';

export const load = (id: string) => ordersClient.get<string>(id);

export const again = (id: string) => ordersClient.get<string>(id);
