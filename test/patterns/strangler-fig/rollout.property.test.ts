import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { memoryRolloutStore } from '#rendered/engines/memory/rollout-store.ts';
import { bucketCount, bucketOf, ramp } from '#rendered/kernel/rollout.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { Evidence } from '#rendered/strangler-fig/evidence.ts';
import { defaultGate, objections, wilsonUpperBound } from '#rendered/strangler-fig/gate.ts';
import type { Step } from '#rendered/strangler-fig/steps.ts';
import { createStrangler } from '#rendered/strangler-fig/strangler.ts';

const percent = fc.integer({ min: 1, max: 9_999 }).map((hundredths) => hundredths / 100);
const by = { by: 'ann', reason: 'test' };

describe('rollout properties', () => {
  it('SF-1 the side of a key depends on salt, rollout, percentage and key alone, whatever was asked before', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        percent,
        fc.array(fc.string({ unit: 'grapheme' })),
        (salt, name, p, keys) => {
          const build = () =>
            createStrangler({
              store: memoryRolloutStore(),
              salt,
              rollouts: { [name]: { stage: 'canary', percent: p } },
            });
          const [one, other] = [build(), build()];
          const sides = keys.map((key) => one.side(name, key));
          const reversed = [...keys].reverse().map((key) => other.side(name, key));
          return sides.join() === reversed.reverse().join();
        },
      ),
    );
  });

  it('SF-2 for all p < q, who is on the new side at p is there at q', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), percent, percent, (name, key, a, b) => {
        const [p, q] = [Math.min(a, b), Math.max(a, b)];
        const bucket = bucketOf('', name, key);
        return !(bucket < ramp(p)) || bucket < ramp(q);
      }),
      { numRuns: 2_000 },
    );
  });

  it('SF-3 the share is within four standard deviations of the binomial, for keys of every shape', () => {
    const n = 20_000;
    const shapes: readonly ((i: number) => string)[] = [
      String,
      (i) => `user-${i}`,
      (i) => `${i}@shop.example`,
      (i) => String(i).padStart(24, '0'),
      (i) => (i * 2_654_435_761).toString(16),
      (i) => `tenant-7/${i % 10}/${i}`,
      (i) => `${'x'.repeat(200)}${i}`,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.string({ minLength: 1 }),
        percent,
        (shape, name, p) => {
          let inside = 0;
          for (let i = 0; i < n; i++) if (bucketOf('', name, shape(i)) < ramp(p)) inside++;
          const share = p / 100;
          // 100 runs at four standard deviations: one of 160 sets of runs fails by chance, so the seed is fixed.
          return (
            Math.abs(inside - n * share) <= Math.max(4, 4 * Math.sqrt(n * share * (1 - share)))
          );
        },
      ),
      { seed: 20_261_122 },
    );
  });

  it('SF-3 all 10,000 buckets are as even as chance: chi-square', () => {
    for (const [salt, name] of [
      ['', 'invoices'],
      ['2026-11', 'invoices'],
      ['', 'a'],
    ] as const) {
      const counts = new Uint32Array(bucketCount);
      const perBucket = 100;
      for (let i = 0; i < bucketCount * perBucket; i++) {
        const bucket = bucketOf(salt, name, `user-${i}`);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
      }
      const chiSquare = counts.reduce(
        (sum, count) => sum + (count - perBucket) ** 2 / perBucket,
        0,
      );
      const degrees = bucketCount - 1;
      ok(
        Math.abs(chiSquare - degrees) < 4 * Math.sqrt(2 * degrees),
        `chi-square ${chiSquare} of ${degrees} degrees of freedom`,
      );
    }
  });

  it('SF-8 any sequence of steps: those that the stages allow are taken, the others change nothing, and the trail has no gap', async () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.constantFrom<Step>({ stage: 'old' }, { stage: 'shadow' }, { stage: 'new' }),
      fc.constant<Step>({ stage: 'retired' }),
      percent.map((p): Step => ({ stage: 'canary', percent: p })),
    );
    const allowed: Record<string, readonly string[]> = {
      old: ['shadow', 'canary'],
      shadow: ['old', 'canary'],
      canary: ['old', 'shadow', 'canary', 'new'],
      new: ['old', 'shadow', 'canary', 'retired'],
      retired: [],
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const strangler = createStrangler({
          store: memoryRolloutStore(),
          rollouts: { a: { stage: 'old' } },
          gate: false,
          clock: new VirtualClock(),
        });
        let stage = 'old';
        let version = 0;
        for (const next of steps) {
          const taken = await strangler.setRollout('a', next, by).then(
            () => true,
            () => false,
          );
          equal(taken, allowed[stage]?.includes(next.stage));
          if (taken) {
            stage = next.stage;
            version++;
          }
          equal(strangler.state('a').stage, stage);
          equal(strangler.state('a').version, version);
        }
        const trail = await strangler.history('a');
        equal(trail.length, version);
        trail.forEach((state, i) => equal(state.version, version - i));
      }),
    );
  });

  it('SF-7 the gate is open only where the samples are enough and every bound holds', () => {
    const gate = { ...defaultGate, minSamples: 200 };
    fc.assert(
      fc.property(
        fc.nat(2_000),
        fc.nat(20),
        fc.nat(1_000),
        fc.nat(20),
        fc.nat(5),
        fc.constantFrom(10, 14, 16, 30),
        (matches, mismatches, olds, candidateFailures, oldFailures, newMs) => {
          const evidence = new Evidence();
          evidence.comparisons.match = matches;
          evidence.comparisons.mismatch = mismatches;
          for (let i = 0; i < matches + mismatches; i++) {
            evidence.candidate.add(i < candidateFailures, newMs);
          }
          for (let i = 0; i < olds; i++) evidence.old.add(i < oldFailures, 10);
          if (objections(evidence, gate, { exposed: false, compares: true }).length > 0)
            return true;
          const n = matches + mismatches;
          const newRate = Math.min(candidateFailures, n) / n;
          const oldRate = olds === 0 ? 0 : Math.min(oldFailures, olds) / olds;
          // Latencies are known to 10 %.
          const slower = olds > 0 && newMs > 10 * gate.maxP99Ratio * 1.1;
          return (
            n >= gate.minSamples &&
            wilsonUpperBound(mismatches, n) <= gate.maxMismatchRate &&
            newRate <= oldRate + gate.maxExtraFailureRate + Number.EPSILON &&
            !slower
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("SF-7 Wilson's bound covers the true rate in at least 95 of 100 cases, as a two-sided 95 % bound must", () => {
    let state = 1;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    for (const [rate, n] of [
      [0.002, 1_000],
      [0.01, 500],
      [0.1, 100],
    ] as const) {
      let covered = 0;
      const trials = 2_000;
      for (let trial = 0; trial < trials; trial++) {
        let hits = 0;
        for (let i = 0; i < n; i++) if (random() < rate) hits++;
        if (wilsonUpperBound(hits, n) >= rate) covered++;
      }
      ok(covered / trials >= 0.95, `${covered} of ${trials} at ${rate}`);
    }
    // Values from the formula's source, by hand.
    equal(wilsonUpperBound(0, 100).toFixed(4), '0.0370');
    equal(wilsonUpperBound(1, 1_000).toFixed(5), '0.00564');
    equal(wilsonUpperBound(0, 0), 1);
  });
});
