import { payment } from './patterns/payment.js';

export function log(text: string): void {
  return payment.same(() => logDirectly(text));
}

function logDirectly(text: string): void {
  console.log(text);
}
