import { orderEmailQueue } from './patterns/order-email.js';

export const deliver = async (body: string): Promise<void> => {
  await orderEmailQueue.send({ type: 'mail.v1', body });
};
