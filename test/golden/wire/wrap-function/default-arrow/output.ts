import { payment } from './patterns/payment.js';

export default async (event: string): Promise<string> => {
  return payment.run(() => paymentDirectly(event));
};

const paymentDirectly = async (event: string): Promise<string> => {
  return event;
};
