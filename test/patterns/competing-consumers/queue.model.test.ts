import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { memoryMessageQueue } from '#rendered/engines/memory/message-queue.ts';
import type { Delivery, MessageQueue } from '#rendered/kernel/message-queue.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';

const leaseMs = 1_000;
const maxMessages = 12;

/** What a queue must do, written for reading: one list of messages, searched from one end to the other. */
interface Modelled {
  readonly id: string;
  state: 'ready' | 'suspect' | 'delayed' | 'held' | 'dead' | 'gone';
  /** Place in line among those of its state. */
  order: number;
  attempts: number;
  wasSuspect: boolean;
  reasons: string[];
  /** When a delay or a lease ends. */
  until: number;
  readonly expiresAt: number;
}

class Model {
  now = 0;
  readonly messages: Modelled[] = [];
  #order = 0;

  in(state: Modelled['state']): Modelled[] {
    return this.messages
      .filter((message) => message.state === state)
      .sort((a, b) => a.order - b.order);
  }

  get kept(): number {
    return this.messages.length - this.in('gone').length;
  }

  move(message: Modelled, state: Modelled['state'], until = 0): void {
    message.state = state;
    message.order = ++this.#order;
    message.until = until;
  }

  add(id: string, delayMs: number, expiresAt: number): void {
    const message: Modelled = {
      id,
      state: 'ready',
      order: 0,
      attempts: 0,
      wasSuspect: false,
      reasons: [],
      until: 0,
      expiresAt,
    };
    this.messages.push(message);
    this.move(message, delayMs > 0 ? 'delayed' : 'ready', this.now + delayMs);
  }

  receive(max: number): Modelled[] {
    const taken: Modelled[] = [];
    while (taken.length < max) {
      const suspectIsOut = this.in('held').some(({ wasSuspect }) => wasSuspect);
      const [suspect] = suspectIsOut ? [] : this.in('suspect');
      const next = suspect ?? this.in('ready')[0];
      if (next === undefined) break;
      if (next.expiresAt <= this.now) {
        this.move(next, 'dead');
        continue;
      }
      next.attempts++;
      this.move(next, 'held', this.now + leaseMs);
      taken.push(next);
    }
    return taken;
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [next] = this.messages
        .filter(({ state, until }) => (state === 'held' || state === 'delayed') && until <= end)
        .sort((a, b) => a.until - b.until || a.order - b.order);
      if (next === undefined) break;
      if (next.state === 'held') {
        next.wasSuspect = true;
        next.reasons.push('abandoned');
        this.move(next, 'suspect');
      } else this.move(next, 'ready');
    }
    this.now = end;
  }
}

type Settlement = 'ack' | 'retry' | 'retry later' | 'release' | 'dead letter' | 'extend';

/** Both, side by side; each step does the same to both and compares all that can be seen. */
class Pair {
  readonly clock = new VirtualClock();
  readonly queue: MessageQueue<number> = memoryMessageQueue({
    leaseMs,
    maxMessages,
    clock: this.clock,
  });
  readonly model = new Model();
  /** Every delivery there has been, also those that were settled or lost. */
  readonly deliveries: { real: Delivery<number>; model: Modelled; attempt: number }[] = [];
  #steps = 0;
  #sent = 0;

  async send(count: number, delayMs: number, expiresInMs: number | undefined): Promise<void> {
    // No two delays end at the same time, whose order would be anybody's guess.
    const delay = delayMs > 0 ? delayMs + ++this.#steps / 1_000 : 0;
    const ids = Array.from({ length: count }, () => `m-${this.#sent++}`);
    const expiry = expiresInMs === undefined ? {} : { expiresAt: this.model.now + expiresInMs };
    const sent = await this.queue
      .send(
        ids.map((id) => ({ id, type: 'job', body: 0, ...expiry })),
        { delayMs: delay },
      )
      .catch((error) => error.code);
    if (this.model.kept + count > maxMessages) return equal(sent, 'QUEUE_FULL');
    deepEqual(sent, ids);
    for (const id of ids) this.model.add(id, delay, expiry.expiresAt ?? Infinity);
  }

  async receive(max: number): Promise<void> {
    const expected = this.model.receive(max);
    const received = await this.queue.receive({ max });
    deepEqual(
      received.map(({ message, attempt, failures }) => [
        message.id,
        attempt,
        failures.map(({ reason }) => reason),
      ]),
      expected.map(({ id, attempts, reasons }) => [id, attempts, reasons]),
    );
    expected.forEach((model, index) => {
      this.deliveries.push({ real: received[index]!, model, attempt: model.attempts });
    });
  }

  async settle(pick: number, how: Settlement, delayMs: number): Promise<void> {
    if (this.deliveries.length === 0) return;
    const { real, model, attempt } = this.deliveries[pick % this.deliveries.length]!;
    const delay = delayMs + ++this.#steps / 1_000;
    const calls: Record<Settlement, () => Promise<void>> = {
      ack: () => real.ack(),
      retry: () => real.retry({ reason: 'again' }),
      'retry later': () => real.retry({ delayMs: delay, reason: 'again' }),
      release: () => real.release(),
      'dead letter': () => real.deadLetter('bad'),
      extend: () => real.extend(),
    };
    const outcome = await calls[how]().then(
      () => 'done',
      (error) => error.code,
    );
    // Q3: whoever does not hold it any more is refused, whatever became of it since.
    const isHolder = model.state === 'held' && model.attempts === attempt && !this.#released(real);
    equal(outcome, isHolder ? 'done' : 'LEASE_LOST');
    if (!isHolder) return;
    if (how === 'ack') this.model.move(model, 'gone');
    if (how === 'dead letter') this.model.move(model, 'dead');
    if (how === 'extend') this.model.move(model, 'held', this.model.now + leaseMs);
    if (how === 'retry' || how === 'retry later') {
      model.reasons.push('again');
      model.wasSuspect = false;
      const until = this.model.now + delay;
      this.model.move(model, how === 'retry' ? 'ready' : 'delayed', until);
    }
    if (how === 'release') {
      model.attempts--;
      this.#returned.add(real);
      this.model.move(model, model.wasSuspect ? 'suspect' : 'ready');
      model.order = -model.order; // to the head of the line
    }
  }

  async pass(ms: number): Promise<void> {
    this.model.pass(ms);
    await this.clock.advance(ms);
  }

  async compare(): Promise<void> {
    const { model } = this;
    const count = (state: Modelled['state']) => model.in(state).length;
    const { ready, inFlight, delayed, deadLettered } = await this.queue.stats();
    deepEqual(
      { ready, inFlight, delayed, deadLettered },
      {
        ready: count('ready') + count('suspect'),
        inFlight: count('held'),
        delayed: count('delayed'),
        deadLettered: count('dead'),
      },
    );
  }

  /** Q1: in the end each message that was accepted is done or dead, and nothing is left behind. */
  async drain(): Promise<void> {
    for (let round = 0; this.model.kept > this.model.in('dead').length; round++) {
      if (round > 200) throw new Error('the queue does not run empty');
      await this.pass(leaseMs);
      await this.receive(5);
      for (const [index, { model }] of this.deliveries.entries()) {
        if (model.state === 'held') await this.settle(index, 'ack', 0);
      }
    }
    const dead = await this.queue.deadLetters.receive({ max: 100 });
    deepEqual(
      dead.map(({ message }) => message.id),
      this.model.in('dead').map(({ id }) => id),
    );
  }

  /** A released delivery shares its attempt with the next one; it is the object that was released. */
  readonly #returned = new Set<Delivery<number>>();
  #released(real: Delivery<number>): boolean {
    return this.#returned.has(real);
  }
}

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      count: fc.integer({ min: 1, max: 4 }),
      delayMs: fc.constantFrom(0, 0, 300, 1_500),
      expiresInMs: fc.option(fc.constantFrom(0, 700), { nil: undefined, freq: 6 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      max: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      pick: fc.nat(30),
      how: fc.constantFrom<Settlement>(
        'ack',
        'retry',
        'retry later',
        'release',
        'dead letter',
        'extend',
      ),
      delayMs: fc.constantFrom(100, 900),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 250, 999, 1_000, 2_500),
    }),
  },
);

describe('the queue in memory, beside a model', () => {
  it('Q1 Q2 Q3 Q4 Q8 Q10 Q11 Q12 does as the model does, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 80 }), async (steps) => {
        const pair = new Pair();
        for (const each of steps) {
          if (each.do === 'send') await pair.send(each.count, each.delayMs, each.expiresInMs);
          if (each.do === 'receive') await pair.receive(each.max);
          if (each.do === 'settle') await pair.settle(each.pick, each.how, each.delayMs);
          if (each.do === 'pass') await pair.pass(each.ms);
          await pair.compare();
        }
        await pair.drain();
        await pair.queue.close();
      }),
      { numRuns: 400 },
    );
  });
});
