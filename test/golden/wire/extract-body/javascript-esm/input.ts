import nodemailer from 'nodemailer';
import * as templates from './templates.js';
import { log } from './log.js';

const transport = nodemailer.createTransport(process.env.SMTP);

/** Sends the confirmation of one order. */
export async function sendOrderEmail(order) {
  try {
    await transport.sendMail({
      to: order.email,
      text: templates.confirmation(order),
    });
  } catch (error) {
    log.error({ error }, 'mail failed');
    throw error;
  }
}

export const describe = (from) => log.debug(from);
