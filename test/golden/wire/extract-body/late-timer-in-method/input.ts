import type { Mailer } from './mailer.js';

export class Digest {
  #mailer: Mailer;

  constructor(mailer: Mailer) {
    this.#mailer = mailer;
  }

  start() {
    setInterval(async () => {
      await this.#mailer.sendDigest();
    }, 60_000);
  }
}
