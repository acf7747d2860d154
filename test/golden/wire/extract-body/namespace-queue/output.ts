import * as work from './patterns/order-email.js';

export async function deliver(mail: string): Promise<void> {
  await work.orderEmailQueue.send({ type: 'order-email', body: mail });
}
export const other = work.orderEmailQueue;
