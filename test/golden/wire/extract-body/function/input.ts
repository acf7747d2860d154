/** Mails. */
import nodemailer from 'nodemailer';
import * as templates from './templates.js';
import { config, type Config } from './config.js';
import { log } from './log.js';
import type { Order } from './order.js';

const transport = nodemailer.createTransport(config.smtp);

/** Sends the confirmation of one order. */
export async function sendOrderEmail(order: Order): Promise<void> {
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

export const describe = (from: Config) => log.debug(from);
