const ordersClient = 1;

export const one = () => fetch(String(ordersClient));
