import type { Mailer } from './mailer.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class Digest {
  #mailer: Mailer;

  constructor(mailer: Mailer) {
    this.#mailer = mailer;
    handleOrderEmailJobs(() => this.#doOrderEmail());
  }

  start() {
    setInterval(async () => {
      await orderEmailQueue.send({ type: 'order-email', body: {} });
    }, 60_000);
  }

  async #doOrderEmail(): Promise<void> {
    await this.#mailer.sendDigest();
  }
}
