import { deepEqual, equal } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Delivery, MessageQueue } from '#rendered/kernel/message-queue.ts';
import { queueEngines, type Job } from './queues.ts';
import { isExcluded, type EngineServer } from './server-process.ts';

const count = 20;
const job = { type: 'job', body: { act: 'work' } } as const;

/** Ways to settle a message, and where it is afterwards: in the queue or its dead letters, as which attempt. */
const settlements: Record<string, [(delivery: Delivery<Job>) => Promise<void>, string[]]> = {
  acknowledged: [(delivery) => delivery.ack(), []],
  'retried with a delay': [(delivery) => delivery.retry({ delayMs: 100 }), ['queue 2']],
  released: [(delivery) => delivery.release(), ['queue 1']],
  'dead-lettered': [(delivery) => delivery.deadLetter('broken'), ['dead 1']],
};

for (const engine of queueEngines) {
  if (isExcluded(engine.name)) continue;

  describe(`closing a queue of ${engine.name}`, function () {
    this.timeout(60_000);
    let server: EngineServer;
    let name: string;
    let queue: MessageQueue<Job>;

    before(async () => {
      server = await engine.start();
    });
    beforeEach(() => {
      name = `test-${randomUUID()}`;
      queue = engine.open(server.url, name);
    });
    afterEach(async () => {
      await queue.close();
      await engine.drop(server.url, name);
    });
    after(() => server.stop());

    const send = () =>
      queue.send(Array.from({ length: count }, (_, n) => ({ ...job, id: `job-${n}` })));
    /** By id what another process finds once this one has closed its queue. */
    const found = async (expected: number): Promise<string[][]> => {
      const other = engine.open(server.url, name);
      const places = new Map<string, string[]>();
      const look = async (where: MessageQueue<Job>, place: string): Promise<number> => {
        const deliveries = await where.receive({ max: 2 * count, waitMs: 300 });
        for (const delivery of deliveries) {
          const { id } = delivery.message;
          places.set(id, [...(places.get(id) ?? []), `${place} ${delivery.attempt}`]);
          await delivery.ack();
        }
        return deliveries.length;
      };
      // Until all have come and nothing more does.
      for (let tries = 0; tries < 50; tries++) {
        const more = (await look(other, 'queue')) + (await look(other.deadLetters, 'dead'));
        if (more === 0 && places.size >= expected) break;
      }
      await other.close();
      return [...places.values()];
    };

    for (const [title, [settle, places]] of Object.entries(settlements)) {
      it(`Q9 what is being ${title} meanwhile is so, once`, async () => {
        await send();
        const settling = (await receive(queue)).map(settle);
        await queue.close();
        await Promise.all(settling);
        const expected = places.length === 0 ? [] : Array.from({ length: count }, () => places);
        deepEqual(await found(expected.length), expected);
      });
    }

    it('Q9 CC-7 what is being redriven meanwhile is so, once', async () => {
      await send();
      for (const delivery of await receive(queue)) await delivery.deadLetter('broken');
      // Another process redrives, which takes nothing from the queue itself: what a broker has on its way to a subscription
      // that is given up, it counts as delivered.
      await queue.close();
      queue = engine.open(server.url, name);
      const dead = await receive(queue.deadLetters);
      const settling = dead.map(({ message }, n) => dead[n]!.redrive({ ...job, id: message.id }));
      await queue.close();
      await Promise.all(settling);
      deepEqual(
        await found(count),
        Array.from({ length: count }, () => ['queue 1']),
      );
    });

    it('Q9 what comes meanwhile for a receiver that has gone counts no attempt', async () => {
      deepEqual(await queue.receive({ max: count, waitMs: 100 }), []);
      equal((await send()).length, count);
      // A broker pushes them to whoever has asked, and counts what is still on its way when the subscription is given up.
      const isPushed = queue.capabilities.lease === 'connection';
      while (isPushed && (await queue.stats()).ready > 0);
      await queue.close();
      deepEqual(
        await found(count),
        Array.from({ length: count }, () => ['queue 1']),
      );
    });
  });
}

async function receive(queue: MessageQueue<Job>): Promise<readonly Delivery<Job>[]> {
  const deliveries: Delivery<Job>[] = [];
  while (deliveries.length < count) {
    deliveries.push(...(await queue.receive({ max: count - deliveries.length, waitMs: 10_000 })));
  }
  return deliveries;
}
