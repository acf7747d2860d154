import { payment } from './patterns/payment.js';

export function isText(value: unknown): value is string {
  return payment.same(() => isTextDirectly(value));
}

function isTextDirectly(value: unknown): value is string {
  return typeof value === 'string';
}
