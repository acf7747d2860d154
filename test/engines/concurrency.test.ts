import { equal } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createConsumer } from '#rendered/competing-consumers/consumer.ts';
import type { Consumer, ConsumerOptions } from '#rendered/competing-consumers/consumer.ts';
import type { Delivery, MessageQueue } from '#rendered/kernel/message-queue.ts';
import { queueEngines, type Job } from './queues.ts';
import { isExcluded, type EngineServer } from './server-process.ts';

for (const engine of queueEngines) {
  if (isExcluded(engine.name)) continue;

  describe(`concurrency with ${engine.name}`, function () {
    this.timeout(60_000);
    let server: EngineServer;
    let name: string;
    let queues: MessageQueue<Job>[];
    let consumers: GatedConsumer[];
    /** Each as another process would: what one holds the others do not get. */
    const open = (): MessageQueue<Job> => {
      const queue = engine.open(server.url, name);
      queues.push(queue);
      return queue;
    };
    const consume = async (options: ConsumerOptions<Job>): Promise<GatedConsumer> => {
      const gated = new GatedConsumer(open(), options);
      consumers.push(gated);
      await gated.consumer.start();
      return gated;
    };
    const send = (count: number) =>
      open().send(Array.from({ length: count }, () => ({ type: 'job', body: { act: 'work' } })));

    before(async () => {
      server = await engine.start();
    });
    beforeEach(() => {
      name = `test-${randomUUID()}`;
      queues = [];
      consumers = [];
    });
    afterEach(async () => {
      for (const gated of consumers) gated.open();
      await Promise.all(consumers.map(({ consumer }) => consumer.close()));
      await Promise.all(queues.map((queue) => queue.close()));
      await engine.drop(server.url, name);
    });
    after(() => server.stop());

    it('CC-1 CC-4 holds what it works on and its prefetch, and leaves all else to others', async () => {
      const busy = await consume({ concurrency: 3, prefetch: 2 });
      await send(12);
      await busy.running(3);
      const others = await take(open(), 7);
      equal(busy.most, 3);
      equal(busy.consumer.stats().waiting, 2);
      for (const other of others) await other.ack();
    });

    it('CC-2 CC-4 runs and holds more as soon as the concurrency rises, and no more than that', async () => {
      const busy = await consume({ concurrency: 1 });
      await send(12);
      await busy.running(1);
      busy.consumer.setConcurrency(5);
      await busy.running(5);
      const others = await take(open(), 7);
      equal(busy.most, 5);
      for (const other of others) await other.ack();
    });

    it('CC-1 CC-2 CC-4 runs and holds less once the concurrency has fallen', async () => {
      const busy = await consume({ concurrency: 10 });
      await send(30);
      await busy.running(10);
      busy.consumer.setConcurrency(2);
      busy.letGo();
      await busy.running(2);
      const others = await take(open(), 18);
      equal(busy.consumer.stats().running, 2);
      equal(busy.consumer.stats().waiting, 0);
      for (const other of others) {
        equal(other.attempt, 1);
        await other.ack();
      }
    });
  });
}

/** A consumer whose handlers work until they are let go. */
class GatedConsumer {
  readonly consumer: Consumer;
  /** The most handlers that ran at a time. */
  most = 0;
  readonly #gates: (() => void)[] = [];
  #isOpen = false;
  #running = 0;
  #onChange = (): void => {};

  constructor(queue: MessageQueue<Job>, options: ConsumerOptions<Job>) {
    const handler = async (): Promise<void> => {
      this.most = Math.max(this.most, ++this.#running);
      this.#onChange();
      if (!this.#isOpen) await new Promise<void>((resolve) => this.#gates.push(resolve));
      this.#running--;
    };
    this.consumer = createConsumer(queue, handler, options);
  }

  /** Resolves when so many handlers run at a time. */
  async running(count: number): Promise<void> {
    while (this.#running !== count) {
      await new Promise<void>((resolve) => (this.#onChange = resolve));
    }
  }

  /** Lets those end that run now. */
  letGo(): void {
    for (const gate of this.#gates.splice(0)) gate();
  }

  open(): void {
    this.#isOpen = true;
    this.letGo();
  }
}

/** Receives so many and not one more: the others are held elsewhere. */
async function take(queue: MessageQueue<Job>, count: number): Promise<readonly Delivery<Job>[]> {
  const taken: Delivery<Job>[] = [];
  while (taken.length < count) {
    const deliveries = await queue.receive({ max: count - taken.length, waitMs: 15_000 });
    if (deliveries.length === 0) break;
    taken.push(...deliveries);
  }
  equal(taken.length, count);
  const more = await queue.receive({ max: 1, waitMs: 300 });
  equal(more.length, 0);
  return taken;
}
