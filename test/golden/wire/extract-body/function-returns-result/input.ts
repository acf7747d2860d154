import { smtp } from './smtp.js';

export async function sendMail(to: string): Promise<string> {
  return await smtp.send(to);
}
