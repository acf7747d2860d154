/** What one call of a feature costs over the call itself (SF-10). */
import { memoryRolloutStore } from '../.rendered/engines/memory/rollout-store.ts';
import type { Step } from '../.rendered/strangler-fig/steps.ts';
import { createStrangler } from '../.rendered/strangler-fig/strangler.ts';
import type { Bench, Row } from './types.ts';

const calls = 200_000;
const rounds = 7;

interface Request {
  readonly tenant: string;
}

const requests = Array.from({ length: 1_000 }, (_, i): Request => ({ tenant: `tenant-${i}` }));
const answer = Promise.resolve(1);
const implementation: (request: Request) => Promise<number> = () => answer;

function feature(start: Step): (request: Request) => Promise<number> {
  const strangler = createStrangler({ store: memoryRolloutStore(), rollouts: { a: start } });
  return strangler.feature<readonly [Request], number>('a', {
    kind: 'read',
    key: ({ tenant }) => tenant,
    old: implementation,
    new: implementation,
  });
}

/** Microseconds per awaited call, of the least disturbed round. */
async function cost(call: (request: Request) => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    for (let i = 0; i < calls; i++) await call(requests[i % requests.length] as Request);
    all.push(((performance.now() - startedAt) * 1_000) / calls);
  }
  return Math.min(...all);
}

async function run(): Promise<readonly Row[]> {
  const direct = await cost(implementation);
  const rows: Row[] = [{ name: 'direct call', value: direct, unit: 'µs', ratio: 1 }];
  for (const [name, start] of [
    ['at old', { stage: 'old' }],
    ['at canary, keys on the old side', { stage: 'canary', percent: 0.01 }],
    ['at canary, keys on the new side', { stage: 'canary', percent: 99.99 }],
    ['at new', { stage: 'new' }],
  ] as const) {
    const value = await cost(feature(start));
    rows.push({ name: `feature ${name}`, value, unit: 'µs', ratio: value / direct });
  }
  return rows;
}

export const bench: Bench = {
  id: 'rollout',
  title: 'Calls of a strangler feature; ratio to the function itself',
  run,
};
