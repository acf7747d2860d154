import { payment } from './patterns/payment.js';

export default async function (event: string): Promise<string> {
  return payment.run(() => paymentDirectly(event));
}

async function paymentDirectly(event: string): Promise<string> {
  return event;
}
