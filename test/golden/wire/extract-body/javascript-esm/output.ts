import nodemailer from 'nodemailer';
import { log } from './log.js';
import { orderEmailQueue } from './patterns/order-email.js';

export const transport = nodemailer.createTransport(process.env.SMTP);

/** Sends the confirmation of one order. */
export async function sendOrderEmail(order) {
  await orderEmailQueue.send({ type: 'order-email', body: order });
}

export const describe = (from) => log.debug(from);
