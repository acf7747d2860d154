import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { describeCacheAsideContract } from '#rendered/cache-aside/cache-aside.contract.ts';
import { createCacheAside } from '#rendered/cache-aside/cache-aside.ts';
import { createClient } from 'redis';
import { redisCacheStore } from '#rendered/engines/redis/cache-store.ts';
import { describeCacheStoreContract } from '#rendered/kernel/cache-store.contract.ts';
import { sharedRedis, startRedis } from './redis-server.ts';
import { isExcluded } from './server-process.ts';
import type { EngineServer } from './server-process.ts';

if (!isExcluded('redis')) {
  // What the user gets, run as it is.
  process.env['REDIS_URL'] = (await sharedRedis()).url;
  await import('#rendered/engines/redis/cache-store.test.ts');
  describeOnRedis();
}

function describeOnRedis(): void {
  describe('cache-aside on Redis', () => {
    let server: EngineServer;
    const open = (prefix: string, options = {}) =>
      redisCacheStore({ url: server.url, prefix, timeoutMs: 10_000, ...options });
    const prefix = () => `test:${randomUUID()}:`;
    const eventually = async (what: string, check: () => Promise<boolean>): Promise<void> => {
      for (let i = 0; i < 1_000; i++) {
        if (await check()) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      ok(false, `${what} did not happen`);
    };

    before(async () => {
      server = await startRedis();
    });
    after(() => server.stop());

    describeCacheAsideContract('redis', async (clock) => {
      const own = prefix();
      return { store: open(own, { clock }), peer: open(own, { clock }) };
    });

    it('CA-10 processes that miss together load once; a crashed holder delays the others at most by its lease', async () => {
      const own = prefix();
      const holder = spawn(process.execPath, [
        '--input-type=module',
        '-e',
        `import { redisCacheStore } from ${JSON.stringify(import.meta.resolve('#rendered/engines/redis/cache-store.ts'))};
       import { createCacheAside } from ${JSON.stringify(import.meta.resolve('#rendered/cache-aside/cache-aside.ts'))};
       const store = redisCacheStore({ url: ${JSON.stringify(server.url)}, prefix: ${JSON.stringify(own)} });
       const load = () => new Promise(() => console.log('loading'));
       const cache = createCacheAside({ name: 'user', store, key: String, load, ttlMs: 30_000, lease: { ttlMs: 2_000, waitMs: 20_000 } });
       setInterval(() => {}, 1_000);
       await cache.get('1');`,
      ]);
      await once(holder.stdout, 'data');
      holder.kill('SIGKILL');
      await once(holder, 'exit');

      let loads = 0;
      const caches = Array.from({ length: 3 }, () =>
        createCacheAside<string, string>({
          name: 'user',
          store: open(own),
          key: String,
          load: async () => {
            loads++;
            await new Promise((resolve) => setTimeout(resolve, 50));
            return 'Ada';
          },
          ttlMs: 30_000,
          lease: { ttlMs: 2_000, waitMs: 20_000 },
        }),
      );
      const values = await Promise.all(
        caches.flatMap((cache) => Array.from({ length: 20 }, () => cache.get('1'))),
      );
      deepEqual([...new Set(values)], ['Ada']);
      equal(loads, 1);
      await Promise.all(caches.map((cache) => cache.close()));
    });

    it('CA-13 a copy kept in a process is dropped by another process, and all of them on a disconnect', async () => {
      const own = prefix();
      const kept = open(own, { local: { maxEntries: 10, maxAgeMs: 60_000 } });
      const other = open(own);
      const fill = async (value: string): Promise<void> => {
        const { token = '' } = await other.lease('k', 1_000);
        const now = Date.now();
        const times = {
          loadedAt: now,
          loadMs: 1,
          freshUntil: now + 60_000,
          deadAfter: now + 60_000,
        };
        ok(await other.fill('k', { found: true, value, ...times }, token));
      };
      const read = async (): Promise<unknown> =>
        (await kept.lookup('k').catch(() => ({ entry: undefined }))).entry?.value;
      await fill('first');
      await eventually('the first read', async () => (await read()) === 'first');
      await other.invalidate(['k']);
      await eventually('the invalidation', async () => (await read()) === undefined);

      await fill('second');
      await eventually('the second read', async () => (await read()) === 'second');
      await server.kill();
      await eventually('the flush', async () => (await read()) === undefined);
      await server.restart();
      await eventually('the reconnection', async () => (await read()) === 'second');
      await Promise.all([kept.close(), other.close()]);
    });

    it('CA-9 CA-8 requests go on while Redis is killed; what was written meanwhile is not served from it afterwards', async () => {
      let row = 'old';
      const cache = createCacheAside<string, string>({
        name: 'user',
        store: open(prefix(), { timeoutMs: 5_000 }),
        key: String,
        load: async () => row,
        ttlMs: 30_000,
      });
      equal(await cache.get('1'), 'old');
      equal(await cache.get('1'), 'old');
      equal(cache.stats().hit, 1);
      await server.kill();
      equal(await cache.get('1'), 'old');
      row = 'new';
      await cache.invalidate('1');
      await server.restart();
      equal(await cache.get('1'), 'new');
      await eventually('the repeated invalidation', async () => cache.stats().invalidate === 1);
      equal(await cache.get('1'), 'new');
      await eventually('a hit', async () => (await cache.get('1'), cache.stats().hit > 1));
      ok(cache.stats()['store-failed'] > 0);
      await cache.close();
    });

    it('CA-8 an invalidation of more keys than go out at once reaches each of them', async () => {
      const own = prefix();
      const store = open(own);
      const keys = Array.from({ length: 1_201 }, (_, i) => `k${i}`);
      for (const floor of [undefined, { minVersion: 1n, floorMs: 60_000 }]) {
        const leases = await Promise.all(keys.map((key) => store.lease(key, 60_000)));
        ok(leases.every(({ token }) => token !== undefined));
        await store.invalidate(keys, floor);
        const left = await store.lookupMany(keys);
        ok(left.every(({ lease }) => lease === undefined));
      }
      await store.close();
    });

    it('CA-9 what cannot be read is a miss, told by an event, and replaced by the next fill', async () => {
      const own = prefix();
      const raw = createClient({ url: server.url });
      await raw.connect();
      const cache = createCacheAside<string, string>({
        name: 'user',
        store: open(own),
        key: String,
        load: async (id) => id,
        ttlMs: 30_000,
      });
      const far = Date.now() + 60_000;
      const wrong = [
        'garbage',
        'null',
        '5',
        `{"freshUntil":${far},"deadAfter":${far}}`,
        '{"$bigint":"x"}',
      ];
      for (const text of wrong) await raw.set(`${own}{user:v1:${text}}`, text);
      for (const text of wrong) equal(await cache.get(text), text);
      deepEqual(await cache.getMany(wrong), wrong);
      const hash = `${own}{user:v1:hash}`;
      await raw.hSet(hash, 'field', 'value');
      equal(await cache.get('hash'), 'hash');
      equal(await cache.get('hash'), 'hash');
      const { unreadable, load, hit, 'store-failed': failed } = cache.stats();
      deepEqual([unreadable, load, hit, failed], [wrong.length, 6, 6, 0]);
      ok((await raw.pTTL(hash)) > 0);
      await cache.close();
      await raw.close();
    });

    it('CA-9 a Redis that hangs costs a caller the timeout, not the request', async () => {
      const cache = createCacheAside<string, string>({
        name: 'user',
        store: open(prefix(), { timeoutMs: 100 }),
        key: String,
        load: async () => 'Ada',
        ttlMs: 30_000,
      });
      await cache.get('1');
      server.pause();
      try {
        equal(await cache.get('1'), 'Ada');
      } finally {
        server.resume();
      }
      await cache.close();
    });
  });
  describe('a cache on a Redis in cluster mode, one node with all slots', () => {
    let server: EngineServer;
    before(async () => {
      server = await startRedis({ 'cluster-enabled': 'yes' });
      const raw = createClient({ url: server.url });
      await raw.connect();
      await raw.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
      for (let state = ''; !state.includes('cluster_state:ok');) {
        state = String(await raw.sendCommand(['CLUSTER', 'INFO']));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await raw.close();
    });
    after(() => server.stop());

    const open = (prefix: string) =>
      redisCacheStore({ url: server.url, prefix, timeoutMs: 10_000 });
    describeCacheStoreContract('redis in cluster mode', async () => {
      const own = `test:${randomUUID()}:`;
      return { store: open(own), peer: open(own) };
    });
  });
}
