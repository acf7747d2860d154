import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { createConsumer, type Consumer } from '#rendered/competing-consumers/consumer.ts';
import { memoryInbox } from '#rendered/competing-consumers/inbox.ts';
import { memoryMessageQueue } from '#rendered/engines/memory/message-queue.ts';
import { sleep } from '#rendered/kernel/clock.ts';
import { exponentialBackoff } from '#rendered/kernel/retry.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { seeded } from '../../../src/demo/random.ts';
import { Mortal } from './mortal.ts';

const leaseMs = 1_000;

/** What a message does to its handler. */
interface Job {
  readonly workMs: number;
  /** Attempts that throw before one gets through. */
  readonly failures: number;
  /** Where its first holder dies: before the work, at its end, or when the work is done and not yet acknowledged. */
  readonly crash: 'none' | 'before' | 'after' | 'unacknowledged';
  /** Its holder dies each time. */
  readonly poison: boolean;
}

interface Settings {
  readonly consumers: number;
  readonly concurrency: number;
  readonly prefetch: number;
  readonly seed: number;
}

/** Consumers as processes that die and are started again, on one queue and one inbox. */
class World {
  readonly clock = new VirtualClock(1_000_000);
  readonly queue = memoryMessageQueue<Job>({ name: 'jobs', leaseMs, clock: this.clock });
  readonly inbox = memoryInbox({ clock: this.clock });
  readonly effects = new Map<string, number>();
  readonly runs = new Map<string, number[]>();
  readonly deaths = new Map<string, string>();
  /** By message, who holds it and until when; two at a time would be one too many (Q2). */
  readonly #holders = new Map<string, number>();
  overlaps = 0;
  crashes = 0;
  #living: Consumer[] = [];
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
    for (let index = 0; index < settings.consumers; index++) this.start();
  }

  start(): void {
    const process = new Mortal(this.queue);
    const random = seeded(this.#settings.seed).fork(`process ${this.crashes}`);
    const crash = (): Promise<never> => {
      process.die();
      this.crashes++;
      this.#living = this.#living.filter((each) => each !== consumer);
      this.clock.after(200, () => this.start());
      return new Promise(() => {});
    };
    const crashed = new Set<string>();
    process.diesBefore = (what, { message, attempt }) => {
      const { crash, failures } = message.body;
      const dies = what === 'ack' && crash === 'unacknowledged' && attempt === failures + 1;
      if (dies && !crashed.has(message.id)) void crashNow();
      return dies;
    };
    const crashNow = (): Promise<never> => crash();
    const consumer = createConsumer<Job>(
      process.queue,
      ({ id, body }, context) =>
        process.whileAlive(async () => {
          const { attempt } = context;
          this.runs.set(id, [...(this.runs.get(id) ?? []), attempt]);
          const holders = (this.#holders.get(id) ?? 0) + 1;
          this.#holders.set(id, holders);
          if (holders > 1) this.overlaps++;
          const isFirst = attempt === 1;
          if (body.poison || (body.crash === 'before' && isFirst)) {
            this.#holders.set(id, holders - 1);
            return crash();
          }
          // A handler that is told to stop does, and has done nothing.
          const stopped = await sleep(this.clock, body.workMs, context.signal).then(
            () => false,
            () => true,
          );
          this.#holders.set(id, (this.#holders.get(id) ?? 1) - 1);
          if (process.isDead) return new Promise(() => {});
          if (stopped) throw new Error('stopped');
          if (attempt <= body.failures) throw new Error('busy');
          if (body.crash === 'after' && attempt === body.failures + 1) return crash();
          this.effects.set(id, (this.effects.get(id) ?? 0) + 1);
        }),
      {
        concurrency: this.#settings.concurrency,
        prefetch: this.#settings.prefetch,
        retry: exponentialBackoff({ maxAttempts: 6, baseMs: 50, capMs: 2_000 }),
        idempotency: this.inbox,
        clock: this.clock,
        random: random.next,
        onDeadLetter: ({ id }, reason) => this.deaths.set(id, reason),
      },
    );
    this.#living.push(consumer);
    void consumer.start();
  }

  async setConcurrency(concurrency: number): Promise<void> {
    for (const consumer of this.#living) consumer.setConcurrency(concurrency);
  }

  /** Closes one and starts another, as a deployment does. */
  replace(): void {
    const [oldest] = this.#living;
    if (oldest === undefined) return;
    this.#living = this.#living.slice(1);
    void oldest.close({ drainMs: 100 });
    this.start();
  }
}

const job: fc.Arbitrary<Job> = fc.record({
  workMs: fc.constantFrom(1, 40, 400, 2_600),
  failures: fc.constantFrom(0, 0, 0, 1, 2),
  crash: fc.constantFrom('none', 'none', 'none', 'before', 'after', 'unacknowledged'),
  poison: fc.constant(false),
});
const settings: fc.Arbitrary<Settings> = fc.record({
  consumers: fc.integer({ min: 1, max: 4 }),
  concurrency: fc.integer({ min: 1, max: 5 }),
  prefetch: fc.integer({ min: 0, max: 3 }),
  seed: fc.nat(1_000_000),
});

describe('consumers that crash', () => {
  it('Q1 Q2 Q4 CC-2 each message takes effect once or is dead, whoever dies when, under changes of concurrency and deployments', async () => {
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.array(job, { minLength: 1, maxLength: 25 }),
        fc.array(fc.constantFrom('more', 'less', 'deploy', 'wait'), { maxLength: 6 }),
        async (chosen, jobs, events) => {
          const world = new World(chosen);
          await world.queue.send(
            jobs.map((body, index) => ({ id: `job-${index}`, type: 'job', body })),
          );
          for (const event of events) {
            await world.clock.advance(300);
            if (event === 'more') await world.setConcurrency(6);
            if (event === 'less') await world.setConcurrency(1);
            if (event === 'deploy') world.replace();
          }
          await world.clock.advance(400_000);
          equal(world.overlaps, 0);
          jobs.forEach((_, index) => {
            const id = `job-${index}`;
            const effects = world.effects.get(id) ?? 0;
            const isDead = world.deaths.has(id);
            equal(effects + (isDead ? 1 : 0), 1, `${id}: ${effects} effects, dead: ${isDead}`);
            const attempts = world.runs.get(id) ?? [];
            ok(attempts.length <= 6);
            deepEqual(
              attempts,
              [...new Set(attempts)].sort((a, b) => a - b),
            );
          });
          const { ready, inFlight, delayed, deadLettered } = await world.queue.stats();
          deepEqual([ready, inFlight, delayed], [0, 0, 0]);
          equal(deadLettered, world.deaths.size);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('Q10 poison is dead after the limit, and what was held beside it is done', async () => {
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.integer({ min: 5, max: 30 }),
        fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 2 }),
        async (chosen, count, poisoned) => {
          const world = new World(chosen);
          const isPoison = (index: number) => poisoned.includes(index);
          await world.queue.send(
            Array.from({ length: count }, (_, index) => ({
              id: `job-${index}`,
              type: 'job',
              body: { workMs: 50, failures: 0, crash: 'none', poison: isPoison(index) } as const,
            })),
          );
          await world.clock.advance(400_000);
          for (let index = 0; index < count; index++) {
            const id = `job-${index}`;
            equal(world.effects.get(id) ?? 0, isPoison(index) ? 0 : 1, id);
            equal(world.deaths.get(id), isPoison(index) ? 'abandoned 6 times' : undefined, id);
            // Some attempts may have passed while it waited in the hands of a process that another one killed.
            if (isPoison(index)) equal(world.runs.get(id)?.at(-1), 6);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});
