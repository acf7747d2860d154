import { setTimeout as sleep } from 'node:timers/promises';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** Prints what it would send, after the time that a mail server takes. */
export class ConsoleMailer implements Mailer {
  async send(mail: Mail): Promise<void> {
    await sleep(200);
    console.log(`mail to ${mail.to}: ${mail.subject}`);
  }
}
