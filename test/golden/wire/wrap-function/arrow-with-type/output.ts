import { payment } from './patterns/payment.js';

type Handler = (event: { readonly id: string }, tries?: number) => Promise<string>;

export const handle: Handler = async (input, tries = 1) => {
  return payment.run(() => handleDirectly(input, tries));
};

const handleDirectly: Handler = async ({ id }, tries = 1) => {
  return id + tries;
};
