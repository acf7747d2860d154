import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createConsumer } from '#rendered/competing-consumers/consumer.ts';
import { memoryInbox } from '#rendered/competing-consumers/inbox.ts';
import { redrive } from '#rendered/competing-consumers/redrive.ts';
import { UnrecoverableError } from '#rendered/kernel/retry.ts';
import type { MessageQueue } from '#rendered/kernel/message-queue.ts';
import { leaseMs, queueEngines, type Job, type QueueEngine } from './queues.ts';
import { isExcluded, type EngineServer } from './server-process.ts';

for (const engine of queueEngines) {
  if (isExcluded(engine.name)) continue;
  const server = await engine.start();
  // What the user gets runs here against a real engine: adapter, contract suite and all.
  process.env[engine.env] = server.url;
  await import(`#rendered/engines/${engine.name}/message-queue.test.ts`);
  describeCrashes(engine, server);
}

interface Line {
  readonly type: string;
  readonly id: string;
  readonly attempt: number;
  readonly at: number;
}

/** A consumer in a process of its own, and what it has said so far. */
class ConsumerProcess {
  readonly lines: Line[] = [];
  readonly ended: Promise<NodeJS.Signals | number | null>;
  readonly #child: ChildProcess;

  constructor(engine: QueueEngine, url: string, queue: string, concurrency: number) {
    const script = new URL('consumer-process.ts', import.meta.url).pathname;
    const args = [script, engine.name, url, queue, String(concurrency)];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const { stdout } = this.#child;
    if (stdout) createInterface(stdout).on('line', (line) => this.lines.push(JSON.parse(line)));
    this.ended = new Promise((resolve) =>
      this.#child.once('close', (code, signal) => resolve(signal ?? code)),
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  of(type: string): readonly Line[] {
    return this.lines.filter((line) => line.type === type);
  }
}

function describeCrashes(engine: QueueEngine, server: EngineServer): void {
  describe(`crashes with ${engine.name}`, function () {
    this.timeout(120_000);
    let name: string;
    let queue: MessageQueue<Job>;
    let processes: ConsumerProcess[];
    const start = (concurrency = 4): ConsumerProcess => {
      const consumer = new ConsumerProcess(engine, server.url, name, concurrency);
      processes.push(consumer);
      return consumer;
    };
    const jobs = (count: number, body: Job, prefix = 'job') =>
      Array.from({ length: count }, (_, n) => ({ id: `${prefix}-${n}`, type: 'job', body }));

    beforeEach(() => {
      name = `test-${randomUUID()}`;
      queue = engine.open(server.url, name);
      processes = [];
    });
    afterEach(async () => {
      for (const consumer of processes) consumer.kill('SIGKILL');
      await Promise.all(processes.map(({ ended }) => ended));
      await queue.close();
      await engine.drop(server.url, name);
    });
    after(() => server.stop());

    it('Q1 Q5 kill -9 in the middle of handlers: nothing is lost, and what was in hand comes again', async () => {
      const held = jobs(4, { act: 'hang' }, 'held');
      await queue.send(held);
      const doomed = start();
      await until('four handlers run', () => doomed.of('started').length === 4);
      const heldAt = Math.min(...doomed.lines.map(({ at = Infinity }) => at));
      await queue.send(jobs(20, { act: 'work', ms: 5 }));
      doomed.kill('SIGKILL');
      equal(await doomed.ended, 'SIGKILL');

      const done = new Set<string>();
      const consumer = createConsumer(queue, async ({ id }) => done.add(id), { concurrency: 4 });
      await consumer.start();
      await until('the others are done', () => done.size >= 20);
      await until('what was in hand is done', () => done.size === 24);
      if (queue.capabilities.lease === 'timed') ok(Date.now() - heldAt >= leaseMs);
      await consumer.close();
      equal(consumer.stats().events['handled'], 24);
      const { ready, delayed, deadLettered } = await queue.stats();
      deepEqual([ready, delayed, deadLettered], [0, 0, 0]);
    });

    it('Q4 Q10 a message that kills every process is dead after the limit; those beside it are handled', async () => {
      await queue.send([
        ...jobs(4, { act: 'work', ms: 500 }, 'beside'),
        { id: 'poison', type: 'job', body: { act: 'die' }, headers: { tenant: 't' } },
        ...jobs(12, { act: 'work', ms: 300 }, 'more'),
      ]);
      const done = new Set<string>();
      let crashes = 0;
      for (;;) {
        const consumer = start(8);
        const end = await Promise.race([
          consumer.ended,
          until('all is settled', () => consumer.of('dead-lettered').length > 0).then(() => 'dead'),
        ]);
        for (const { id } of consumer.of('handled')) done.add(id);
        if (end === 'SIGKILL') {
          crashes++;
          ok(crashes <= 3, 'the limit was not kept');
          continue;
        }
        await until('the rest is done', () => {
          for (const { id } of consumer.of('handled')) done.add(id);
          return done.size === 16;
        });
        break;
      }
      equal(crashes, 3);
      const deliveries = await queue.deadLetters.receive({ max: 10, waitMs: 2_000 });
      deepEqual(
        deliveries.map(({ message }) => [message.id, message.headers, message.death?.reason]),
        [['poison', { tenant: 't' }, 'abandoned 3 times']],
      );
      await deliveries[0]?.ack();
    });

    it('Q4 a handler that always throws gets its attempts, then one dead letter that tells it all', async () => {
      const attempts: number[] = [];
      const consumer = createConsumer(
        queue,
        async (_, { attempt }) => {
          attempts.push(attempt);
          throw new Error(`no (${attempt})`);
        },
        { retry: { maxAttempts: 3, delayMs: () => 100 } },
      );
      await consumer.start();
      const headers = { traceparent: '00-1-2-01' };
      await queue.send({ ...jobs(1, { act: 'fail' })[0]!, correlationId: 'c', headers });
      await until('it is dead', () => consumer.stats().events['dead-lettered'] === 1);
      deepEqual(attempts, [1, 2, 3]);
      const [dead, none] = await queue.deadLetters.receive({ max: 2, waitMs: 2_000 });
      equal(none, undefined);
      deepEqual([dead?.message.correlationId, dead?.message.headers], ['c', headers]);
      match(dead?.message.death?.reason ?? '', /^Error: no \(3\)\n +at /);
      deepEqual(
        dead?.message.death?.failures.map(({ attempt, reason }) => [attempt, reason]),
        [
          [1, 'Error: no (1)'],
          [2, 'Error: no (2)'],
        ],
      );
      await dead?.ack();
      await consumer.close();
    });

    it('CC-7 a redrive sends dead letters again, uncounted; what the inbox knows has no second effect', async () => {
      await queue.send([...jobs(3, { act: 'fail' }), ...jobs(2, { act: 'work' }, 'fine')]);
      let isMended = false;
      const effects: string[] = [];
      const attempts: number[] = [];
      const consumer = createConsumer(
        queue,
        async ({ id, body }, { attempt }) => {
          if (body.act === 'fail' && !isMended) throw new UnrecoverableError('broken');
          if (isMended) attempts.push(attempt);
          effects.push(id);
        },
        { idempotency: memoryInbox(), concurrency: 2 },
      );
      await consumer.start();
      await until('three are dead', () => consumer.stats().events['dead-lettered'] === 3);
      await until('the others are done', () => effects.length === 2);
      isMended = true;
      const sent = await redrive(queue, {
        filter: ({ id }) => id !== 'job-1',
        ratePerSecond: 50,
      });
      equal(sent, 2);
      await queue.send(jobs(2, { act: 'work' }, 'fine'));
      await until('duplicates are absorbed', () => consumer.stats().events.duplicate === 2);
      await until('the mended ones are done', () => effects.length === 4);
      deepEqual(effects.toSorted(), ['fine-0', 'fine-1', 'job-0', 'job-2']);
      deepEqual(attempts, [1, 1]);
      await until('the other is left', async () => (await queue.stats()).deadLettered === 1);
      await consumer.close();
    });

    it('Q3 a process that stalls past its lease is overtaken, and settles nothing when it wakes', async () => {
      await queue.send(jobs(1, { act: 'work', ms: 300 }));
      const stalled = start(1);
      await until('it works', () => stalled.of('started').length === 1);
      stalled.kill('SIGSTOP');
      const successor = start(1);
      await until('it is overtaken', () => successor.of('handled').length === 1);
      deepEqual(
        successor.of('started').map(({ attempt }) => attempt),
        [2],
      );
      stalled.kill('SIGCONT');
      await until('it finds out', () => stalled.of('lease-lost').length === 1);
      equal(stalled.of('handled').length, 0);
      equal((await queue.stats()).deadLettered, 0);
    });

    it('Q6 a handler that outlasts its lease keeps its message', async () => {
      await queue.send(jobs(1, { act: 'work', ms: 2.5 * leaseMs }));
      const [one, two] = [start(1), start(1)];
      const all = (type: string) => [...one.of(type), ...two.of(type)].length;
      await until('it is done', () => all('handled') === 1);
      deepEqual([all('started'), all('lease-lost')], [1, 0]);
    });

    it('Q9 SIGTERM lets handlers finish, returns the rest uncounted, and ends', async () => {
      await queue.send(jobs(12, { act: 'work', ms: 400 }));
      const consumer = start(4);
      await until('four handlers run', () => consumer.of('started').length === 4);
      consumer.kill('SIGTERM');
      equal(await consumer.ended, 0);
      equal(consumer.of('started').length, consumer.of('handled').length);
      equal(consumer.of('closed').length, 1);
      const rest = 12 - consumer.of('handled').length;
      const attempts: number[] = [];
      while (attempts.length < rest) {
        const deliveries = await queue.receive({ max: 12, waitMs: 5_000 });
        for (const delivery of deliveries) {
          attempts.push(delivery.attempt);
          await delivery.ack();
        }
      }
      deepEqual([...new Set(attempts)], [1]);
    });

    it('Q7 what was accepted survives kill -9 of the broker in the middle of sending, delayed or not', async () => {
      const accepted: string[] = [];
      const refused: unknown[] = [];
      let sending = true;
      const sender = async (delayMs: number): Promise<void> => {
        while (sending) {
          await queue
            .send({ type: 'job', body: { act: 'work' } }, { delayMs })
            .then((ids) => accepted.push(...ids))
            .catch((error) => {
              refused.push(error);
              // What is refused at once must not be tried at once for ever.
              return pause(20);
            });
        }
      };
      await queue.send(jobs(1, { act: 'work' }, 'first'));
      await pause(engine.settlesInMs);
      const senders = [sender(0), sender(0), sender(0), sender(1_000)];
      await until('many are accepted', () => accepted.length > 200);
      await server.kill();
      const before = accepted.length;
      await until('some are refused', () => refused.length > 0);
      await server.restart();
      await until('sending works again', () => accepted.length > before + 50);
      sending = false;
      await Promise.all(senders);

      const seen = new Set<string>();
      const consumer = createConsumer(queue, async ({ id }) => seen.add(id), { concurrency: 50 });
      await consumer.start();
      const missing = () => accepted.filter((id) => !seen.has(id));
      await until('all have come', () => missing().length === 0).catch(() => {});
      deepEqual(missing(), []);
      await consumer.close();
    });

    it('a consumer goes on after the broker was away', async () => {
      const consumer = start(2);
      await until('it is ready', () => consumer.of('ready').length === 1);
      await queue.send(jobs(2, { act: 'work' }, 'before'));
      await until('it works', () => consumer.of('handled').length === 2);
      await pause(engine.settlesInMs);
      await server.kill();
      await server.restart();
      await until('the queue is back', async () => {
        await queue.send(jobs(1, { act: 'work' }, 'after'));
        return true;
      });
      await until('it works again', () =>
        consumer.of('handled').some(({ id }) => id === 'after-0'),
      );
    });
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Polls: what happens in another process tells nobody. */
async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (
      await Promise.resolve()
        .then(check)
        .catch(() => false)
    )
      return;
    await pause(25);
  }
  ok(false, `did not happen: ${what}`);
}
