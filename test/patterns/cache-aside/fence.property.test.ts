import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { createCacheAside } from '#rendered/cache-aside/cache-aside.ts';
import { memoryCacheStore } from '#rendered/engines/memory/cache-store.ts';
import type { CacheStore } from '#rendered/kernel/cache-store.ts';
import { VirtualClock, settled } from '#rendered/kernel/virtual-clock.ts';

type Step =
  | { readonly do: 'get' | 'write'; readonly process: number }
  | { readonly do: 'end load'; readonly pick: number; readonly fails: boolean }
  | { readonly do: 'pass time'; readonly ms: number }
  | { readonly do: 'cut store' | 'heal store' };

/** One row with a version, behind a cache that some processes share; loads read when they begin and end when told. */
class World {
  readonly clock = new VirtualClock(1_000_000);
  row = 1;
  /** Version of the last write whose invalidation has resolved: nobody who asks later may see an older one. */
  floor = 1;
  isCut = false;
  readonly loads: ((fails: boolean) => void)[] = [];
  readonly reads: Promise<void>[] = [];
  readonly caches: ReturnType<typeof createCacheAside<string, number>>[];

  constructor(
    processes: number,
    options: { readonly staleWhileRevalidateMs?: number; readonly earlyRefreshBeta?: number },
  ) {
    const store = this.#delayed(memoryCacheStore({ maxEntries: 10, clock: this.clock }));
    this.caches = Array.from({ length: processes }, () =>
      createCacheAside<string, number>({
        name: 'row',
        store,
        key: (key) => key,
        load: () => this.#load(),
        ttlMs: 1_000,
        clock: this.clock,
        ...options,
      }),
    );
  }

  async take(step: Step): Promise<void> {
    const cache = 'process' in step ? this.caches[step.process % this.caches.length] : undefined;
    if (step.do === 'get') this.reads.push(this.#read(cache!));
    if (step.do === 'write') {
      const version = ++this.row;
      // Not awaited: the next steps happen while the invalidation is on its way.
      void cache!.invalidate('k').then(() => (this.floor = Math.max(this.floor, version)));
    }
    if (step.do === 'end load')
      this.loads.splice(step.pick % Math.max(1, this.loads.length), 1)[0]?.(step.fails);
    if (step.do === 'pass time') await this.clock.advance(step.ms);
    if (step.do === 'cut store') this.isCut = true;
    if (step.do === 'heal store') this.isCut = false;
    if (step.do !== 'get') await settled();
  }

  async finish(): Promise<void> {
    this.isCut = false;
    for (let i = 0; i < 50; i++) {
      await this.clock.advance(500);
      for (const end of this.loads.splice(0)) end(false);
    }
    await Promise.all(this.reads);
    for (const cache of this.caches)
      equal(cache.loadsUnderWay, 0, 'CA-15 nothing is under way at rest');
  }

  async #read(cache: (typeof this.caches)[number]): Promise<void> {
    const floor = this.floor;
    const value = await cache.get('k').catch(() => undefined);
    if (value !== undefined)
      ok(value >= floor, `read version ${value} after the invalidation of ${floor} had resolved`);
  }

  #load(): Promise<number> {
    const seen = this.row;
    return new Promise((resolve, reject) =>
      this.loads.push((fails) => (fails ? reject(new Error('load failed')) : resolve(seen))),
    );
  }

  /** Each call takes a turn of its own there and back, as a server's does. */
  #delayed(store: CacheStore): CacheStore {
    const names = ['lookup', 'lookupMany', 'lease', 'fill', 'release', 'invalidate'] as const;
    const delayed = { ...store };
    for (const name of names) {
      const call = store[name] as (...args: unknown[]) => Promise<unknown>;
      const there = async (...args: unknown[]): Promise<unknown> => {
        await Promise.resolve();
        await Promise.resolve();
        if (this.isCut) throw new Error('connection refused');
        const answer = await call(...args);
        await Promise.resolve();
        await Promise.resolve();
        return answer;
      };
      Object.assign(delayed, { [name]: there });
    }
    return delayed;
  }
}

const process = fc.nat(2);
const get = process.map((process): Step => ({ do: 'get', process }));
const write = process.map((process): Step => ({ do: 'write', process }));
const endLoad = fc.record({
  do: fc.constant('end load' as const),
  pick: fc.nat(9),
  fails: fc.boolean(),
});
const passTime = fc.record({
  do: fc.constant('pass time' as const),
  ms: fc.constantFrom(1, 10, 100, 700, 1_500),
});
const cutOrHeal = fc
  .constantFrom('cut store' as const, 'heal store' as const)
  .map((step): Step => ({ do: step }));
const ordinary = [
  { arbitrary: get, weight: 5 },
  { arbitrary: write, weight: 2 },
  { arbitrary: endLoad, weight: 4 },
  { arbitrary: passTime, weight: 2 },
];

const runs = Number(globalThis.process.env['PATTERNSMITH_PROPERTY_RUNS'] ?? 300);
const settings = { numRuns: runs, seed: Number(globalThis.process.env['PATTERNSMITH_SEED'] ?? 7) };

describe('CA-3 as a property: a read never goes back behind an invalidation that had resolved when it was asked', () => {
  for (const [name, options] of Object.entries({
    'as it is': {},
    'with early refresh': { earlyRefreshBeta: 5 },
  })) {
    it(`any interleaving of reads, writes, loads and time in three processes, ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(...ordinary), { maxLength: 40 }), async (steps) => {
          const world = new World(3, options);
          for (const step of steps) await world.take(step);
          await world.finish();
        }),
        settings,
      );
    });
  }

  it('CA-8 CA-9 and in one process also while the store comes and goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(...ordinary, { arbitrary: cutOrHeal, weight: 2 }), { maxLength: 40 }),
        async (steps) => {
          const world = new World(1, {});
          for (const step of steps) await world.take(step);
          await world.finish();
        },
      ),
      settings,
    );
  });
});
