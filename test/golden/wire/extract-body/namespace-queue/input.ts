import * as work from './patterns/order-email.js';
import { smtp } from './smtp.js';

export async function deliver(mail: string): Promise<void> {
  await smtp.send(mail);
}
export const other = work.orderEmailQueue;
