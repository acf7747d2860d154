import { ordersClient } from './patterns/orders.js';

const get = fetch;

export const load = (url: string) => get(url);

export const all = (all: string[]) => all.map((one) => ordersClient.fetch(one));

export const lazy = (urls: string[]) => urls.map(fetch as never);

export const bound = fetch.bind(undefined);
