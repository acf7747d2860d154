/**
 * The race that the usual caches lose: a load that began before a write ends after it and puts the old value back.
 * Run against each of them, so that the claim is a fact of this run and not of a web page.
 */
import { deepEqual, equal } from 'node:assert/strict';
import { createCache as createDedupeCache } from 'async-cache-dedupe';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { createCache as createCacheManager } from 'cache-manager';
import { LRUCache } from 'lru-cache';
import { createCacheAside } from '#rendered/cache-aside/cache-aside.ts';
import { memoryCacheStore } from '#rendered/engines/memory/cache-store.ts';

interface Subject {
  read(): Promise<string | undefined>;
  invalidate(): Promise<unknown>;
}
type Load = () => Promise<string>;

const subjects: Record<string, (load: Load) => Subject> = {
  'cache-aside of Patternsmith': (load) => {
    const store = memoryCacheStore({ maxEntries: 10 });
    const cache = createCacheAside<string, string>({
      name: 'r',
      store,
      key: String,
      load,
      ttlMs: 60_000,
    });
    return { read: () => cache.get('k'), invalidate: () => cache.invalidate('k') };
  },
  bentocache: (load) => {
    const stores = { memory: bentostore().useL1Layer(memoryDriver({})) };
    const cache = new BentoCache({ default: 'memory', stores });
    return {
      read: () => cache.getOrSet({ key: 'k', factory: load, ttl: 60_000 }),
      invalidate: () => cache.delete({ key: 'k' }),
    };
  },
  'cache-manager': (load) => {
    const cache = createCacheManager({ ttl: 60_000 });
    return { read: () => cache.wrap('k', load), invalidate: () => cache.del('k') };
  },
  'async-cache-dedupe': (load) => {
    const cache = createDedupeCache({ ttl: 60, storage: { type: 'memory' } }).define('read', (() =>
      load()) as (key: string) => Promise<string>);
    return { read: () => cache.read('k'), invalidate: () => cache.clear('read', 'k') };
  },
  'lru-cache': (load) => {
    const cache = new LRUCache<string, string>({ max: 10, ttl: 60_000, fetchMethod: load });
    return { read: () => cache.fetch('k'), invalidate: async () => cache.delete('k') };
  },
};

/** What is read, once everything has settled, after a write overtook a load. */
async function afterTheRace(
  make: (load: Load) => Subject,
): Promise<{ waiting: string; after: string; settled: string }> {
  let row = 'old';
  const letGo: (() => void)[] = [];
  const subject = make(async () => {
    const seen = row;
    await new Promise<void>((resolve) => letGo.push(resolve));
    return seen;
  });
  /** Lets loads end, the youngest first: the slow one is the one that began before the write. */
  const release = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      letGo.pop()?.();
    }
  };
  const outcome = (read: Promise<string | undefined>): Promise<string> =>
    read.then(
      (value) => value ?? 'undefined',
      (error: Error) => `rejected: ${error.message}`,
    );

  const waiting = outcome(subject.read());
  await new Promise((resolve) => setImmediate(resolve));
  row = 'new';
  await subject.invalidate();
  const after = outcome(subject.read());
  await release();
  const results = { waiting: await waiting, after: await after };
  const settled = outcome(subject.read());
  await release();
  return { ...results, settled: await settled };
}

describe('CA-3 the invalidation race', () => {
  it('cache-aside: the reader who waited gets the old value, everybody later the new one', async () => {
    const make = subjects['cache-aside of Patternsmith'];
    deepEqual(await afterTheRace(make!), { waiting: 'old', after: 'new', settled: 'new' });
  });

  for (const name of ['bentocache', 'cache-manager', 'async-cache-dedupe']) {
    it(`${name} keeps the old value after the write`, async () => {
      const result = await afterTheRace(subjects[name]!);
      equal(result.settled, 'old', 'it is fenced now: say so in the pattern’s hover and page');
    });
  }

  it('lru-cache does not keep it, but rejects the reader who waited (CA-4)', async () => {
    const { waiting, settled } = await afterTheRace(subjects['lru-cache']!);
    equal(settled, 'new');
    equal(waiting, 'rejected: deleted');
  });
});
