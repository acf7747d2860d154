import { payment } from './patterns/payment.js';

export default async function handle(event: string): Promise<string> {
  return payment.run(() => handleDirectly(event));
}

async function handleDirectly(event: string): Promise<string> {
  return event;
}
