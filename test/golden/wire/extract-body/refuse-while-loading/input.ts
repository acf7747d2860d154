import { smtp } from './smtp.js';

const mails: string[] = ['a@example.com'];
export const greet = async (mail: string) => {
  await smtp.send(mail);
};

for (const mail of mails) await greet(mail);
