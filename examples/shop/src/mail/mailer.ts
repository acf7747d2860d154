import { setTimeout as sleep } from 'node:timers/promises';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Prints what it would send, after the time that a mail server takes. */
export async function sendMail(mail: Mail): Promise<void> {
  await sleep(200);
  console.log(`mail to ${mail.to}: ${mail.subject}`);
}
