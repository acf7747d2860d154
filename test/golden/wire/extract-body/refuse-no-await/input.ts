import { mailer } from './mailer.js';

export async function sendMail(address: string): Promise<void> {
  void mailer.send(address);
}

export const sendSms = (address: string): Promise<void> => mailer.sms(address);
