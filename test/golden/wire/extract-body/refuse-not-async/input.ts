import { mailer } from './mailer.js';

export const sendSms = (address: string): Promise<void> => mailer.sms(address);
