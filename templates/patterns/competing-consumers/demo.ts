import { createConsumer } from '#rendered/competing-consumers/consumer.ts';
import type { ConsumerEvent } from '#rendered/competing-consumers/events.ts';
import { memoryInbox } from '#rendered/competing-consumers/inbox.ts';
import { memoryMessageQueue } from '#rendered/engines/memory/message-queue.ts';
import type { Delivery, MessageQueue } from '#rendered/kernel/message-queue.ts';
import { exponentialBackoff } from '#rendered/kernel/retry.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { knob, pause, poissonArrivals, simulate } from '#demo/load.ts';
import { seeded, type Random } from '#demo/random.ts';
import { Recording } from '#demo/recording.ts';
import type { Demo, DemoResult, DemoSetup } from '#demo/types.ts';

const durationMs = 60_000;
/** Mean of the exponential service time. */
const serviceMs = 100;
const crashAtMs = 20_000;
/** Until the process that died runs again. */
const restartMs = 2_000;
/** What a step takes in the picture. */
const stepMs = 40;

/** A job brings its service time and how many attempts will fail, so that both versions get the same work. */
interface Job {
  readonly serviceMs: number;
  readonly failures: number;
}

interface World {
  readonly clock: VirtualClock;
  readonly recording: Recording;
  readonly setup: DemoSetup;
  readonly random: Random;
  readonly outcome: Outcome;
}

/** How a version of the code gets work done. */
interface Workers {
  send(id: string, job: Job): void;
  /** Kills one worker at the worst moment, and starts another in its place. */
  crash(): void;
  deadLetters(): number;
  /** Accepted, neither done nor dead, and still to be found somewhere. */
  present(): Promise<number>;
}

const demo: Demo = {
  id: 'competing-consumers',
  durationMs,
  knobs: [
    {
      id: 'arrivals',
      label: 'Arrivals',
      kind: 'range',
      min: 10,
      max: 100,
      step: 5,
      default: 50,
      unit: '/s',
    },
    {
      id: 'consumers',
      label: 'Consumers',
      kind: 'range',
      min: 1,
      max: 16,
      step: 1,
      default: 6,
      unit: '',
    },
    {
      id: 'failures',
      label: 'Attempts that fail',
      kind: 'range',
      min: 0,
      max: 30,
      step: 1,
      default: 2,
      unit: '%',
    },
    { id: 'lease', label: 'Lease', kind: 'range', min: 1, max: 30, step: 1, default: 5, unit: 's' },
    {
      id: 'crash',
      label: 'Crash one at 20 s',
      kind: 'switch',
      min: 0,
      max: 1,
      step: 1,
      default: 1,
      unit: '',
    },
  ],
  charts: [
    { id: 'backlog', label: 'Not done yet', unit: '' },
    { id: 'response', label: 'Time until done (p95)', unit: 'ms' },
  ],
  figures: [
    { id: 'done', label: 'Jobs done', unit: '', better: 'neither' },
    { id: 'wait', label: 'Mean wait', unit: 'ms', better: 'lower' },
    { id: 'p95', label: 'Done within (p95)', unit: 'ms', better: 'lower' },
    { id: 'lost', label: 'Lost', unit: '', better: 'zero' },
    { id: 'duplicates', label: 'Duplicates absorbed', unit: '', better: 'neither' },
  ],
  topology: {
    nodes: [
      { id: 'senders', label: 'senders', x: 54, y: 60 },
      { id: 'queue', label: 'queue', x: 174, y: 60 },
      { id: 'consumers', label: 'consumers', x: 294, y: 28 },
      { id: 'dead', label: 'dead letters', x: 294, y: 92 },
      { id: 'effects', label: 'effects', x: 406, y: 28 },
    ],
    edges: [
      { id: 'send', from: 'senders', to: 'queue' },
      { id: 'take', from: 'queue', to: 'consumers' },
      { id: 'effect', from: 'consumers', to: 'effects' },
      { id: 'bury', from: 'queue', to: 'dead', dashed: true },
    ],
  },
  without: 'A list and loops: taken off the list, then worked on; what fails is logged.',
  runs: [
    'competing-consumers/consumer.ts',
    'competing-consumers/work.ts',
    'competing-consumers/inbox.ts',
    'engines/memory/message-queue.ts',
  ],
  run,
};
export default demo;

async function run(setup: DemoSetup): Promise<DemoResult> {
  const clock = new VirtualClock();
  const recording = new Recording(clock, durationMs, 500);
  const random = seeded(setup.seed);
  const outcome = new Outcome(clock, recording);
  const world = { clock, recording, setup, random, outcome };
  const workers = setup.withPattern ? generated(world) : usual(world);

  recording.level('backlog', () => outcome.sent - outcome.done - workers.deadLetters());
  const services = random.fork('service times');
  const failures = random.fork('failures');
  const failing = knob(setup, 'failures') / 100;
  poissonArrivals(clock, random.fork('arrivals'), knob(setup, 'arrivals'), () => {
    const job = { serviceMs: services.exponential(serviceMs), failures: 0 };
    while (job.failures < 10 && failures.next() < failing) job.failures++;
    workers.send(outcome.onSent(), job);
  });
  if (knob(setup, 'crash') === 1) clock.after(crashAtMs, () => workers.crash());
  await simulate(clock, durationMs, setup.signal);

  const { sent, done } = outcome;
  const lost = sent - done - workers.deadLetters() - (await workers.present());
  return recording.result({ ...outcome.figures(), lost });
}

/** The outside world: the effects that jobs have, whoever does them. */
class Outcome {
  sent = 0;
  done = 0;
  duplicates = 0;
  readonly #clock: VirtualClock;
  readonly #recording: Recording;
  readonly #sentAt = new Map<string, number>();
  readonly #responses: number[] = [];
  readonly #charted: (ms: number) => void;
  #waited = 0;
  #begun = 0;

  constructor(clock: VirtualClock, recording: Recording) {
    this.#clock = clock;
    this.#recording = recording;
    this.#charted = recording.percentile('response', 95);
  }

  onSent(): string {
    const id = `job-${this.sent++}`;
    this.#sentAt.set(id, this.#clock.now());
    this.#recording.move({ edge: 'send', tookMs: stepMs, kind: 'normal' });
    return id;
  }

  onBegun(id: string, isFirst: boolean): void {
    this.#recording.move({ edge: 'take', tookMs: stepMs, kind: 'normal' });
    if (!isFirst) return;
    this.#waited += this.#clock.now() - (this.#sentAt.get(id) ?? 0);
    this.#begun++;
  }

  onDone(id: string): void {
    const responseMs = this.#clock.now() - (this.#sentAt.get(id) ?? 0);
    this.done++;
    this.#responses.push(responseMs);
    this.#charted(responseMs);
    this.#recording.move({ edge: 'effect', tookMs: stepMs, kind: 'good' });
  }

  onFailed(): void {
    this.#recording.move({ edge: 'take', tookMs: stepMs, kind: 'bad', back: true });
  }

  figures(): Record<'done' | 'wait' | 'p95' | 'duplicates', number> {
    const sorted = this.#responses.toSorted((a, b) => a - b);
    return {
      done: this.done,
      wait: this.#waited / Math.max(1, this.#begun),
      p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0,
      duplicates: this.duplicates,
    };
  }
}

/** The generated code: one consumer per worker process, one queue, one inbox in the database that they share. */
function generated({ clock, recording, setup, random, outcome }: World): Workers {
  const leaseMs = knob(setup, 'lease') * 1_000;
  const queue = memoryMessageQueue<Job>({ name: 'jobs', leaseMs, clock });
  const idempotency = memoryInbox({ clock });
  const retry = exponentialBackoff({ maxAttempts: 5, baseMs: 200, capMs: 5_000 });
  const jitter = random.fork('jitter');
  let deadLetters = 0;
  /** Done by a process that died before it could say so. */
  let unacknowledged = 0;

  const onEvent = (event: ConsumerEvent<Job>): void => {
    if (event.type === 'queue-error') return;
    if (event.type === 'started') outcome.onBegun(event.message.id, event.attempt === 1);
    if (event.type === 'retried') outcome.onFailed();
    if (event.type === 'duplicate') {
      outcome.duplicates++;
      unacknowledged--;
    }
    if (event.type === 'dead-lettered') {
      deadLetters++;
      recording.move({ edge: 'bury', tookMs: stepMs, kind: 'bad' });
    }
  };
  const startProcess = (): Mortal => {
    const process = mortal(queue);
    const consumer = createConsumer<Job>(
      process.queue,
      async ({ id, body }, { attempt }) => {
        await pause(clock, body.serviceMs);
        if (attempt <= body.failures) throw new Error('busy');
        outcome.onDone(id);
      },
      { idempotency, retry, onEvent, clock, random: jitter.next },
    );
    void consumer.start();
    return process;
  };
  const [first] = Array.from({ length: knob(setup, 'consumers') }, startProcess);

  return {
    send: (id, body) => void queue.send({ id, type: 'job', body }),
    crash() {
      first?.dieAtNextAck(() => {
        unacknowledged++;
        outcome.onFailed();
        clock.after(restartMs, startProcess);
      });
    },
    deadLetters: () => deadLetters,
    async present() {
      const { ready, inFlight = 0, delayed } = await queue.stats();
      return ready + inFlight + delayed - unacknowledged;
    },
  };
}

interface Mortal {
  readonly queue: MessageQueue<Job>;
  /** The worst moment: the work has been done, and nobody has been told. */
  dieAtNextAck(onDeath: () => void): void;
}

/** The queue as one process sees it. When the process dies, nothing comes back to it and nothing leaves it any more. */
function mortal(queue: MessageQueue<Job>): Mortal {
  const death = new AbortController();
  let onDeath: (() => void) | undefined;
  const whileAlive = <R>(ask: () => Promise<R>): Promise<R> =>
    death.signal.aborted ? new Promise(() => {}) : ask();
  const inProcess = (delivery: Delivery<Job>): Delivery<Job> => ({
    message: delivery.message,
    attempt: delivery.attempt,
    failures: delivery.failures,
    get leaseUntil() {
      return delivery.leaseUntil;
    },
    get signal() {
      return delivery.signal;
    },
    ack: () =>
      whileAlive(async () => {
        if (onDeath === undefined) return delivery.ack();
        death.abort();
        onDeath();
        await new Promise(() => {});
      }),
    retry: (options) => whileAlive(() => delivery.retry(options)),
    release: () => whileAlive(() => delivery.release()),
    deadLetter: (reason) => whileAlive(() => delivery.deadLetter(reason)),
    redrive: (message) => whileAlive(() => delivery.redrive(message)),
    extend: () => whileAlive(() => delivery.extend()),
  });
  return {
    queue: {
      name: queue.name,
      leaseMs: queue.leaseMs,
      capabilities: queue.capabilities,
      deadLetters: queue.deadLetters,
      send: (...message) => whileAlive(() => queue.send(...message)),
      receive: async ({ signal = death.signal, ...options }) => {
        const either = AbortSignal.any([signal, death.signal]);
        const received = await queue.receive({ ...options, signal: either });
        return whileAlive(async () => received.map(inProcess));
      },
      stats: () => queue.stats(),
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    },
    dieAtNextAck(told) {
      onDeath = told;
    },
  };
}

/** A list and loops, as it is often written: taken off the list, then worked on; what fails is logged. */
function usual({ clock, setup, outcome }: World): Workers {
  const list: { readonly id: string; readonly job: Job }[] = [];
  const pollMs = 100;
  let inHand = 0;

  const work = async (worker: { dies: boolean }): Promise<void> => {
    for (;;) {
      const taken = list.shift();
      if (taken === undefined) {
        await pause(clock, pollMs);
        continue;
      }
      const { id, job } = taken;
      inHand++;
      outcome.onBegun(id, true);
      await pause(clock, job.serviceMs);
      inHand--;
      if (worker.dies) {
        outcome.onFailed();
        clock.after(restartMs, () => void work({ dies: false }));
        return;
      }
      if (job.failures > 0) outcome.onFailed();
      else outcome.onDone(id);
    }
  };
  const workers = Array.from({ length: knob(setup, 'consumers') }, () => ({ dies: false }));
  for (const worker of workers) void work(worker);

  return {
    send: (id, job) => void list.push({ id, job }),
    crash() {
      const [first] = workers;
      if (first) first.dies = true;
    },
    deadLetters: () => 0,
    present: async () => list.length + inHand,
  };
}
