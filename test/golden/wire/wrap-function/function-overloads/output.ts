import { payment } from './patterns/payment.js';

export function send(to: string): Promise<void>;
export function send(to: string[], copies: number): Promise<void>;
export async function send(to: string | string[], copies = 1): Promise<void> {
  return payment.run(() => sendDirectly(to, copies));
}

async function sendDirectly(
  to: string | string[],
  copies: number,
): Promise<void> {
  console.log(to, copies);
}
