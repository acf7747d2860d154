import { connect } from './smtp.js';

export async function sendAll(mails: string[]) {
  const smtp = await connect();
  for (const mail of mails) await smtp.send(mail);
  await smtp.close();
}
