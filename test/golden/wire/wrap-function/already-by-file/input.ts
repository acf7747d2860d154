import { payment } from './patterns/payment.js';

export function wait(ms: number) {
  return payment.run(() => waitDirectly(ms));
}

function waitDirectly(ms: number) {
  return new Promise<void>((resolve) => setTimeout(resolve, ms));
}
