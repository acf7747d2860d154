/** Hits and misses of the generated cache-aside in memory, against caches that join concurrent misses too, and lru-cache. */
import { createCache as createDedupeCache } from 'async-cache-dedupe';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { createCache as createCacheManager } from 'cache-manager';
import { LRUCache } from 'lru-cache';
import { createCacheAside } from '../.rendered/cache-aside/cache-aside.ts';
import { memoryCacheStore } from '../.rendered/engines/memory/cache-store.ts';
import type { Bench, Row } from './types.ts';

interface User {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
}
type Read = (id: string) => Promise<User | undefined>;

const load = async (id: string): Promise<User> => ({ id, name: `user ${id}`, tags: ['a', 'b'] });

const generated = (isolation: 'clone' | 'freeze'): Read => {
  const store = memoryCacheStore({ maxEntries: 100_000 });
  const cache = createCacheAside<string, User>({
    name: 'user',
    store,
    key: (id) => id,
    load,
    ttlMs: 600_000,
    isolation,
  });
  return (id) => cache.get(id);
};

const subjects: Record<string, () => Read> = {
  'generated, a copy for each reader': () => generated('clone'),
  'generated, one frozen value': () => generated('freeze'),
  bentocache: () => {
    const stores = { memory: bentostore().useL1Layer(memoryDriver({ maxItems: 100_000 })) };
    const cache = new BentoCache({ default: 'memory', stores });
    return (id) => cache.getOrSet({ key: id, factory: () => load(id), ttl: 600_000 });
  },
  'cache-manager': () => {
    const cache = createCacheManager({ ttl: 600_000 });
    return (id) => cache.wrap(id, () => load(id));
  },
  'async-cache-dedupe': () => {
    const cache = createDedupeCache({
      ttl: 600,
      storage: { type: 'memory', options: { size: 100_000 } },
    }).define('read', load);
    return (id) => cache.read(id);
  },
  'lru-cache': () => {
    const cache = new LRUCache<string, User>({ max: 100_000, ttl: 600_000, fetchMethod: load });
    return (id) => cache.fetch(id);
  },
};

/** Reads per second over about `ms` milliseconds; keys come from `next`. */
async function throughput(read: Read, next: (i: number) => string, ms: number): Promise<number> {
  let done = 0;
  const started = performance.now();
  let elapsed = 0;
  while (elapsed < ms) {
    for (let i = 0; i < 500; i++) await read(next(done++));
    elapsed = performance.now() - started;
  }
  return (done / elapsed) * 1_000;
}

async function best(make: () => Read, next: (i: number) => string, ms: number): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 3; round++) {
    const read = make();
    for (let i = 0; i < 1_000; i++) await read(next(i));
    rounds.push(await throughput(read, next, ms));
  }
  return Math.max(...rounds);
}

/** Ratio to the fastest peer that, like the generated code, loads once for concurrent misses and keeps waiting readers. */
const reference = 'async-cache-dedupe';

async function measure(what: string, next: (i: number) => string, ms: number): Promise<Row[]> {
  const values = new Map<string, number>();
  for (const [name, make] of Object.entries(subjects)) values.set(name, await best(make, next, ms));
  const unit = values.get(reference) ?? Number.NaN;
  return [...values].map(([name, value]) => ({
    name: `${what}: ${name}`,
    value,
    unit: 'reads/s',
    ratio: value / unit,
  }));
}

export const bench: Bench = {
  id: 'cache',
  title: `Cache in memory, one reader at a time; ratio to ${reference}`,
  run: async () => [
    ...(await measure('hit', (i) => String(i % 1_000), 400)),
    ...(await measure('miss', (i) => String(i), 250)),
  ],
};
