/** Mails. */
import nodemailer from 'nodemailer';
import { config, type Config } from './config.js';
import { log } from './log.js';
import type { Order } from './order.js';
import { orderEmailQueue } from './patterns/order-email.js';

export const transport = nodemailer.createTransport(config.smtp);

/** Sends the confirmation of one order. */
export async function sendOrderEmail(order: Order): Promise<void> {
  await orderEmailQueue.send({ type: 'order-email', body: order });
}

export const describe = (from: Config) => log.debug(from);
