/**
 * Jobs that do nothing, through the generated queue and consumer in memory (leases, fencing, attempts, dead letters) and
 * through queues that do none of it: what the guarantees cost.
 */
import { queue as asyncQueue } from 'async';
import fastq from 'fastq';
import PQueue from 'p-queue';
import { createConsumer } from '../.rendered/competing-consumers/consumer.ts';
import { memoryMessageQueue } from '../.rendered/engines/memory/message-queue.ts';
import type { Bench, Row } from './types.ts';

const jobs = 100_000;
const concurrency = 16;
const rounds = 5;

type Work = (job: number) => Promise<void>;

/** Each runs all jobs and resolves when the last one is done; `all` resolves when the last one has been worked on. */
const subjects: Record<string, (work: Work, all: Promise<void>) => Promise<void>> = {
  'generated queue and consumer': async (work, all) => {
    const queue = memoryMessageQueue<number>({ maxMessages: jobs });
    const consumer = createConsumer(queue, ({ body }) => work(body), { concurrency });
    await queue.send(Array.from({ length: jobs }, (_, body) => ({ type: 'job', body })));
    await consumer.start();
    await all;
    await consumer.close();
    await queue.close();
  },
  'fastq.promise': async (work) => {
    const queue = fastq.promise(work, concurrency);
    for (let job = 0; job < jobs; job++) void queue.push(job);
    await queue.drained();
  },
  'async.queue': async (work) => {
    const queue = asyncQueue<number, Error>(
      (job, done) => void work(job).then(() => done(), done),
      concurrency,
    );
    for (let job = 0; job < jobs; job++) void queue.push(job);
    await queue.drain();
  },
  'p-queue': async (work) => {
    const queue = new PQueue({ concurrency });
    for (let job = 0; job < jobs; job++) void queue.add(() => work(job));
    await queue.onIdle();
  },
};

async function once(run: (work: Work, all: Promise<void>) => Promise<void>): Promise<number> {
  let done = 0;
  let finish = (): void => {};
  const all = new Promise<void>((resolve) => (finish = resolve));
  const started = performance.now();
  await run(async () => {
    if (++done === jobs) finish();
  }, all);
  const took = performance.now() - started;
  if (done !== jobs) throw new Error(`${done} of ${jobs} jobs were done`);
  return (jobs / took) * 1_000;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function run(): Promise<Row[]> {
  const rates = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
  // In turns, so that a slow moment of the machine hits all of them; the first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const rate = await once(subject);
      if (round > 0) rates.get(name)?.push(rate);
    }
  }
  const reference = median(rates.get('fastq.promise') ?? []);
  return [...rates].map(([name, values]) => ({
    name,
    value: median(values),
    unit: 'jobs/s',
    ratio: median(values) / reference,
  }));
}

export const bench: Bench = {
  id: 'queue',
  title: `${jobs} jobs that do nothing, ${concurrency} at a time; ratio to fastq.promise (above 1 is faster)`,
  run,
};
