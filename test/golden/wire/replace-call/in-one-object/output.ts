import { ordersClient } from './patterns/orders.js';

export const orders = {
  one: async (id: string) => ordersClient.fetch(`/orders/${id}`),
  async two() {
    return ordersClient.fetch('/orders');
  },
};

export const other = () => fetch('/other');
