import { deepEqual, equal, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createConsumer } from '#rendered/competing-consumers/consumer.ts';
import { redisMessageQueue } from '#rendered/engines/redis/message-queue.ts';
import { sleep, systemClock } from '#rendered/kernel/clock.ts';
import { startRedis } from './redis-server.ts';
import { isExcluded, type EngineServer } from './server-process.ts';

const leaseMs = 1_500;
const jobs = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `m-${n}`, type: 'job', body: n }));

/** A promise, and what resolves it. */
function promise<V>(): [Promise<V>, (value: V) => void] {
  let resolve: (value: V) => void = () => {};
  const made = new Promise<V>((settle) => (resolve = settle));
  return [made, resolve];
}

if (!isExcluded('redis')) {
  describe('consumers of a Redis', function () {
    this.timeout(60_000);
    let server: EngineServer;
    let name: string;
    const open = () =>
      redisMessageQueue<number>({ url: server.url, name, leaseMs, pollMs: 50, timeoutMs: 1_000 });

    before(async () => {
      server = await startRedis();
    });
    beforeEach(() => {
      name = `test-${randomUUID()}`;
    });
    afterEach(() => server.resume());
    after(() => server.stop());

    it('Q6 a handler learns that its lease has ended while Redis answers nothing', async () => {
      const queue = open();
      await queue.send(jobs(1));
      const [told, resolve] = promise<number>();
      const [begun, begin] = promise<void>();
      let leaseUntil = 0;
      const consumer = createConsumer(queue, async (_, context) => {
        leaseUntil = context.leaseUntil;
        context.signal.addEventListener('abort', () => resolve(Date.now()));
        begin();
        await told;
      });
      await consumer.start();
      await begun;
      server.pause();
      ok((await told) >= leaseUntil);
      server.resume();
      await consumer.close();
      await queue.close();
    });

    it('Q2 what waits for its turn past its lease is not begun', async () => {
      const queue = open();
      await queue.send(jobs(2));
      const begun: string[] = [];
      const [told, resolve] = promise<void>();
      const [first, begin] = promise<void>();
      const consumer = createConsumer(
        queue,
        async ({ id }, { signal }) => {
          begun.push(id);
          signal.addEventListener('abort', () => resolve());
          begin();
          await told;
          await sleep(systemClock, leaseMs / 4);
        },
        { prefetch: 1 },
      );
      await consumer.start();
      await first;
      server.pause();
      await told;
      while (consumer.stats().running > 0) await sleep(systemClock, 20);
      deepEqual(begun, ['m-0']);
      deepEqual([consumer.stats().waiting, consumer.stats().events['lease-lost']], [0, 1]);
      server.resume();
      await consumer.close();
      await queue.close();
    });

    it('Q9 close does not wait for a Redis that does not answer', async () => {
      const queue = open();
      await queue.send(jobs(11));
      const [end, resolve] = promise<void>();
      const consumer = createConsumer(queue, () => end, { prefetch: 10, closesQueue: true });
      await consumer.start();
      while (consumer.stats().waiting < 10) await sleep(systemClock, 20);
      server.pause();
      // Redis answers nothing until close is over: if close waited for an answer, this would not end.
      await consumer.close({ drainMs: 100 });
      equal(consumer.stats().running, 1);
      server.resume();
      resolve();
      await queue.close();
    });

    it('CC-1 CC-2 CC-4 consumers share the work, each holds no more than it may, also after that has changed', async () => {
      const queues = [open(), open()];
      const [first] = queues;
      const total = 120;
      const handled = queues.map(() => 0);
      const most = queues.map(() => 0);
      const consumers = queues.map((queue, index) => {
        const consumer = createConsumer(
          queue,
          async () => {
            const { running, waiting } = consumer.stats();
            most[index] = Math.max(most[index] ?? 0, running + waiting);
            await sleep(systemClock, 10);
            handled[index]!++;
          },
          { concurrency: 2, prefetch: 3 },
        );
        return consumer;
      });
      const reach = async (count: number, allowed: number): Promise<void> => {
        while (handled[0]! + handled[1]! < count) {
          const { inFlight = 0 } = await first!.stats();
          ok(inFlight <= allowed, `${inFlight} are held`);
          await sleep(systemClock, 10);
        }
      };
      await first!.send(jobs(total));
      for (const consumer of consumers) await consumer.start();
      await reach(total / 2, 2 * (2 + 3));
      for (const consumer of consumers) consumer.setConcurrency(4);
      await reach(total, 2 * (4 + 3));
      ok(handled[0]! > 0 && handled[1]! > 0, `${handled}`);
      ok(Math.max(...most) > 5 && Math.max(...most) <= 7, `${most}`);
      for (const consumer of consumers) await consumer.close();
      equal(
        consumers.reduce((sum, each) => sum + each.stats().events.handled, 0),
        total,
      );
      for (const queue of queues) await queue.close();
    });
  });
}
