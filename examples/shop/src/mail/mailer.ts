import { setTimeout as sleep } from 'node:timers/promises';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Prints what it would send, after the time that a mail server takes. */
export class Mailer {
  readonly #sendMs: number;

  constructor(sendMs = 200) {
    this.#sendMs = sendMs;
  }

  async send(mail: Mail): Promise<void> {
    await sleep(this.#sendMs);
    console.log(`mail to ${mail.to}: ${mail.subject}`);
  }
}
