import type { Delivery, MessageQueue } from '#rendered/kernel/message-queue.ts';

/**
 * A queue as one process sees it. After `die` nothing comes back to the process and nothing leaves it, as after kill -9:
 * what it held stays held until the lease ends.
 */
export class Mortal<T> {
  readonly queue: MessageQueue<T>;
  readonly #death = new AbortController();
  /** Asked before each settlement; true kills the process instead. */
  diesBefore: (what: 'ack' | 'retry' | 'deadLetter', delivery: Delivery<T>) => boolean = () =>
    false;

  constructor(queue: MessageQueue<T>) {
    this.queue = {
      name: queue.name,
      leaseMs: queue.leaseMs,
      capabilities: queue.capabilities,
      deadLetters: queue.deadLetters,
      send: (...sent) => this.#whileAlive(() => queue.send(...sent)),
      receive: async ({ signal, ...options }) => {
        const signals = [this.#death.signal, ...(signal ? [signal] : [])];
        const received = await queue.receive({ ...options, signal: AbortSignal.any(signals) });
        return this.#whileAlive(async () => received.map((delivery) => this.#held(delivery)));
      },
      stats: () => this.#whileAlive(() => queue.stats()),
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    };
  }

  get isDead(): boolean {
    return this.#death.signal.aborted;
  }

  die(): void {
    this.#death.abort();
  }

  /** For the handlers in the process. */
  whileAlive<R>(ask: () => Promise<R>): Promise<R> {
    return this.#whileAlive(ask);
  }

  #whileAlive<R>(ask: () => Promise<R>): Promise<R> {
    return this.isDead ? new Promise(() => {}) : ask();
  }

  #held(delivery: Delivery<T>): Delivery<T> {
    const settle = (
      what: 'ack' | 'retry' | 'deadLetter',
      how: () => Promise<void>,
    ): Promise<void> => {
      if (!this.isDead && this.diesBefore(what, delivery)) this.die();
      return this.#whileAlive(how);
    };
    return {
      message: delivery.message,
      attempt: delivery.attempt,
      failures: delivery.failures,
      get leaseUntil() {
        return delivery.leaseUntil;
      },
      get signal() {
        return delivery.signal;
      },
      ack: () => settle('ack', () => delivery.ack()),
      retry: (options) => settle('retry', () => delivery.retry(options)),
      deadLetter: (reason) => settle('deadLetter', () => delivery.deadLetter(reason)),
      release: () => this.#whileAlive(() => delivery.release()),
      redrive: (message) => this.#whileAlive(() => delivery.redrive(message)),
      extend: () => this.#whileAlive(() => delivery.extend()),
    };
  }
}
