import { ordersClient } from './patterns/orders.js';

const get = (url: string) => url;

export const load = (id: string) => ordersClient.get<string>(get(id), {});
