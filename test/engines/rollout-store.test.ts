import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createClient } from 'redis';
import { redisRolloutStore } from '#rendered/engines/redis/rollout-store.ts';
import { describeRolloutStoreContract } from '#rendered/kernel/rollout-store.contract.ts';
import type { RolloutState, RolloutStore } from '#rendered/kernel/rollout-store.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { createStrangler } from '#rendered/strangler-fig/strangler.ts';
import { startRedis } from './redis-server.ts';
import type { EngineServer } from './server-process.ts';

const by = { by: 'ann', reason: 'test' };
const state = (version: number): RolloutState => ({
  version,
  stage: 'shadow',
  percent: 0,
  by: 'ann',
  reason: '',
  at: 0,
});

describe('rollouts on Redis', () => {
  let server: EngineServer;
  const stores: RolloutStore[] = [];
  const children: ChildProcess[] = [];
  const open = (prefix: string, options = {}): RolloutStore => {
    const store = redisRolloutStore({ url: server.url, prefix, ...options });
    stores.push(store);
    return store;
  };
  const unique = (): string => `test:${randomUUID()}:`;

  before(async () => {
    server = await startRedis();
  });
  after(() => server.stop());
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const store of stores.splice(0)) await store.close();
  });

  const shared = unique();
  describeRolloutStoreContract('redis', async () =>
    redisRolloutStore({ url: server.url, prefix: shared }),
  );

  /** Another process that shares the rollout: answers each line, a key, with the side that answered it. */
  async function process2(prefix: string, pollMs = 2_000) {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { createInterface } from 'node:readline';
         import { redisRolloutStore } from ${JSON.stringify(import.meta.resolve('#rendered/engines/redis/rollout-store.ts'))};
         import { createStrangler } from ${JSON.stringify(import.meta.resolve('#rendered/strangler-fig/strangler.ts'))};
         const store = redisRolloutStore({ url: ${JSON.stringify(server.url)}, prefix: ${JSON.stringify(prefix)}, pollMs: ${pollMs} });
         const side = createStrangler({ store, gate: false }).feature('a', {
           kind: 'read', key: (key) => key, old: async () => 'old', new: async () => 'new',
         });
         for await (const key of createInterface(process.stdin)) console.log(await side(key));`,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    children.push(child);
    const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
    return async (key: string): Promise<string> => {
      child.stdin.write(`${key}\n`);
      return (await answers.next()).value as string;
    };
  }

  it('SF-1 processes put each key on the same side, also after a restart', async () => {
    const prefix = unique();
    const here = createStrangler({ store: open(prefix), gate: false });
    const side = here.feature('a', {
      kind: 'read',
      key: (key: string) => key,
      old: async () => 'old',
      new: async () => 'new',
    });
    await here.setRollout('a', { stage: 'canary', percent: 37 }, by);
    const keys = Array.from({ length: 300 }, (_, i) => `user-${i}`);
    const expected: string[] = [];
    for (const key of keys) expected.push(await side(key));
    for (let run = 1; run <= 2; run++) {
      const there = await process2(prefix);
      const answers: string[] = [];
      for (const key of keys) answers.push(await there(key));
      deepEqual(answers, expected, `run ${run}`);
    }
  });

  it('SF-2 a rollback holds in another process by the time that the store states', async () => {
    const prefix = unique();
    const store = open(prefix);
    const here = createStrangler({ store, gate: false, rollouts: { a: { stage: 'old' } } });
    await here.setRollout('a', { stage: 'canary', percent: 99.99 }, by);
    const there = await process2(prefix);
    equal(await there('user-1'), 'new');
    for (let round = 0; round < 5; round++) {
      await here.setRollout('a', { stage: 'old' }, by);
      const rolledBackAt = performance.now();
      let lastNewAt = rolledBackAt;
      while ((await there('user-1')) === 'new') lastNewAt = performance.now();
      const tookMs = lastNewAt - rolledBackAt;
      ok(tookMs <= store.propagationMs, `answered by the new side ${tookMs} ms after the rollback`);
      await here.setRollout('a', { stage: 'canary', percent: 99.99 }, by);
      while ((await there('user-1')) === 'old');
    }
  });

  it('SF-2 a change whose message is lost is seen by the next poll', async () => {
    const prefix = unique();
    const clock = new VirtualClock();
    const store = open(prefix, { clock, pollMs: 2_000 });
    const seen = watch(store);
    await seen.until(undefined);
    const raw = createClient({ url: server.url });
    await raw.connect();
    await raw.lPush(`${prefix}a:states`, JSON.stringify(state(1)));
    await raw.close();
    // What comes over this connection comes in order: a message would be here by now.
    equal((await store.read('a'))?.version, 1);
    await clock.advance(1_999);
    equal(seen.last(), undefined);
    await clock.advance(1);
    await seen.until(1);
  });

  it('SF-2 while Redis is down what was known holds; afterwards messages come again', async () => {
    const own = await startRedis();
    // The clocks stand still: nothing is polled, and what is seen was told by a message.
    const [here, there] = [0, 1].map(() =>
      redisRolloutStore({ url: own.url, timeoutMs: 500, clock: new VirtualClock() }),
    ) as [RolloutStore, RolloutStore];
    const [mine, theirs] = [watch(here), watch(there)];
    await here.compareAndSet('a', state(1));
    await theirs.until(1);
    await own.kill();
    await rejects(here.compareAndSet('a', state(2)));
    await rejects(here.read('a'));
    deepEqual([mine.last(), theirs.last()], [1, 1]);
    await own.restart();
    await eventually(async () => (await here.read('a').catch(() => undefined))?.version === 1);
    await eventually(() => here.compareAndSet('a', state(2)).catch(() => false));
    await theirs.until(2);
    await here.compareAndSet('a', state(3));
    await theirs.until(3);
    await here.close();
    await there.close();
    await own.stop();
  });

  it('SF-1 a process that starts while Redis is down goes by the code, until it hears from Redis', async () => {
    const own = await startRedis();
    await own.kill();
    const failures: unknown[] = [];
    const strangler = createStrangler({
      store: redisRolloutStore({ url: own.url, timeoutMs: 100, pollMs: 100 }),
      rollouts: { a: { stage: 'new' } },
      gate: false,
      firstReadMs: 200,
      onEvent: (event) => event.type === 'store-failed' && failures.push(event.error),
    });
    const side = strangler.feature('a', {
      kind: 'read',
      key: (key: string) => key,
      old: async () => 'old',
      new: async () => 'new',
    });
    equal(await side('user-1'), 'new');
    ok(failures.length > 0);
    await own.restart();
    const other = createStrangler({
      store: redisRolloutStore({ url: own.url }),
      rollouts: { a: { stage: 'new' } },
    });
    await other.setRollout('a', { stage: 'old' }, by);
    await eventually(async () => (await side('user-1')) === 'old');
    await strangler.close();
    await other.close();
    await own.stop();
  });

  it('SF-8 keeps the last hundred decisions, and no more', async () => {
    const store = open(unique());
    for (let version = 1; version <= 120; version++) await store.compareAndSet('a', state(version));
    const versions = (await store.history('a')).map(({ version }) => version);
    deepEqual(
      versions,
      Array.from({ length: 100 }, (_, i) => 120 - i),
    );
  });

  it('says when somebody has written what is no state, and keeps what was known', async () => {
    const prefix = unique();
    const clock = new VirtualClock();
    const store = open(prefix, { clock });
    await store.compareAndSet('a', state(1));
    const seen = watch(store);
    await seen.until(1);
    const raw = createClient({ url: server.url });
    await raw.connect();
    await raw.lPush(`${prefix}a:states`, '{"version": 2, "stage": "nwe"}');
    await raw.close();
    await rejects(store.read('a'), { code: 'BAD_ROLLOUT_STATE' });
    await clock.advance(2_000);
    await eventually(async () => seen.failures.length === 1);
    equal(seen.last(), 1);
  });
});

/** What a store tells of the rollout `a`. */
function watch(store: RolloutStore) {
  const versions: (number | undefined)[] = [];
  const failures: unknown[] = [];
  let check = (): void => {};
  store.watch('a', {
    changed(next) {
      versions.push(next?.version);
      check();
    },
    failed: (error) => failures.push(error),
  });
  return {
    failures,
    last: () => versions.at(-1),
    until: (version: number | undefined) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (versions.length > 0 && versions.at(-1) === version) resolve();
        };
        check();
      }),
  };
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 20));
}
