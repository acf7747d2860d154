export const orders = {
  one: async (id: string) => fetch(`/orders/${id}`),
  async two() {
    return fetch('/orders');
  },
};

export const other = () => fetch('/other');
