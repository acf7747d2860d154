import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { memoryRolloutStore } from '#rendered/engines/memory/rollout-store.ts';
import { sleep } from '#rendered/kernel/clock.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { differences } from '#rendered/strangler-fig/compare.ts';
import { createStrangler } from '#rendered/strangler-fig/strangler.ts';

type Ending = 'answers' | 'throws' | 'hangs' | 'fails' | 'refuses';
const ending = fc.constantFrom<Ending>('answers', 'throws', 'hangs', 'fails', 'refuses');
const kind = fc.constantFrom('read', 'idempotent', 'write');

describe('strangler properties', () => {
  it('SF-4 whatever the new side does: a write runs at most once on either side, unless nothing ran; and every call ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        kind,
        ending,
        fc.boolean(),
        fc.boolean(),
        async (kind, newEnds, oldThrows, fallback) => {
          const clock = new VirtualClock();
          let [newRuns, oldRuns] = [0, 0];
          const strangler = createStrangler({
            store: memoryRolloutStore(),
            rollouts: { a: { stage: 'new' } },
            clock,
          });
          const call = strangler.feature<readonly [string], string>('a', {
            kind,
            fallback,
            key: (id) => id,
            timeoutMs: 100,
            failed: (result) => result === 'failed',
            notRun: (error) => error instanceof RangeError,
            async old() {
              oldRuns++;
              if (oldThrows) throw new Error('old');
              return 'old';
            },
            async new() {
              if (newEnds === 'refuses') throw new RangeError('not run');
              newRuns++;
              if (newEnds === 'throws') throw new Error('new');
              if (newEnds === 'hangs') await new Promise(() => {});
              return newEnds === 'fails' ? 'failed' : 'new';
            },
          });
          let end = '';
          call('x').then(
            (result) => (end = result),
            (error: Error) => (end = error.name),
          );
          await clock.advance(1_000);
          ok(end !== '');
          equal(clock.pending, 0);
          ok(oldRuns <= 1 && newRuns <= 1);
          if (kind === 'write') ok(oldRuns + newRuns <= 1);
          equal(
            oldRuns === 1,
            newEnds !== 'answers' && fallback && (kind !== 'write' || newRuns === 0),
          );
        },
      ),
    );
  });

  it('SF-5 with comparison the caller gets the same answers at the same virtual times as without', async () => {
    const side = fc.record({
      tookMs: fc.nat(500),
      throws: fc.boolean(),
      value: fc.jsonValue(),
    });
    const scenario = fc.array(fc.record({ gapMs: fc.nat(50), old: side, new: side }), {
      maxLength: 30,
    });
    const play = async (
      calls: readonly { gapMs: number; old: Side; new: Side }[],
      sample: number,
    ): Promise<unknown> => {
      const clock = new VirtualClock();
      const strangler = createStrangler({
        store: memoryRolloutStore(),
        rollouts: { a: { stage: 'shadow' } },
        clock,
      });
      const run = async ({ tookMs, throws, value }: Side): Promise<unknown> => {
        await sleep(clock, tookMs);
        if (throws) throw new Error('side');
        return value;
      };
      const call = strangler.feature<readonly [{ old: Side; new: Side }], unknown>('a', {
        kind: 'read',
        key: () => 'x',
        old: (sides) => run(sides.old),
        new: (sides) => run(sides.new),
        shadow: { sample, timeoutMs: 200, maxConcurrent: 4 },
      });
      const seen: unknown[] = [];
      for (const [i, sides] of calls.entries()) {
        call(sides).then(
          (answer) => seen.push([i, clock.now(), answer]),
          (error: Error) => seen.push([i, clock.now(), error.message]),
        );
        await clock.advance(sides.gapMs);
      }
      await clock.advance(2_000);
      const { match, mismatch, candidateError, candidateTimeout, dropped } =
        strangler.status('a').comparisons;
      // SF-6: what was asked for is accounted for.
      equal(match + mismatch + candidateError + candidateTimeout + dropped, sample * calls.length);
      equal(clock.pending, 0);
      return seen;
    };
    await fc.assert(
      fc.asyncProperty(scenario, async (calls) => {
        deepEqual(await play(calls, 1), await play(calls, 0));
      }),
      { numRuns: 50 },
    );
  });

  it('SF-6 equal results match whatever the order of their properties; a changed leaf is found at its path', () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null));
    const tree = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, fc.nat(), (value, pick) => {
        deepEqual(differences(value, shuffled(value)), []);
        const paths = leaves(value);
        const path = paths[pick % Math.max(1, paths.length)];
        if (path === undefined) return;
        const changed = replaced(value, path, { changed: true });
        const at = `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;
        deepEqual(
          differences(value, changed).map((difference) => difference.path),
          [at],
        );
        deepEqual(differences(value, changed, { ignore: [at] }), []);
      }),
    );
  });

  it('SF-6 differences are few and short, show no values unless asked to, and cycles end', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 30 }), (secrets) => {
        const hidden = secrets.map((secret) => `secret:${secret}`);
        const found = differences(
          hidden.map((text) => ({ text })),
          hidden.map((text) => ({ text: `${text}!` })),
        );
        equal(found.length, 20);
        ok(!JSON.stringify(found).includes('secret:'));
        const shown = differences(['x'.repeat(10_000)], ['y'], { reveal: String });
        ok(JSON.stringify(shown).length < 1_000);
      }),
    );
    const [a, b] = [0, 1].map((value) => {
      const node: Record<string, unknown> = { value };
      node['self'] = node;
      return node;
    });
    deepEqual(
      differences(a, b).map(({ path }) => path),
      ['$.value'],
    );
  });
});

interface Side {
  readonly tookMs: number;
  readonly throws: boolean;
  readonly value: unknown;
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

type Path = readonly (string | number)[];

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}
