import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import { ln, seeded, zipf } from '../../../src/demo/random.ts';

const draws = (count: number, draw: () => number): number[] =>
  Array.from({ length: count }, () => draw());
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('seeded random', () => {
  const count = 20_000;

  it('gives the same stream for the same seed, and another for another', () => {
    deepEqual(draws(50, seeded(7).next), draws(50, seeded(7).next));
    notDeepEqual(draws(50, seeded(7).next), draws(50, seeded(8).next));
  });

  it('is mulberry32: the first draws of seed 0 as its author published them', () => {
    const random = seeded(0);
    deepEqual(
      draws(3, () => Math.round(random.next() * 2 ** 32)),
      [1_144_304_738, 1_416_247, 958_946_056],
    );
  });

  it('has a logarithm of its own, as good as the one of the machine', () => {
    equal(ln(1), 0);
    for (const value of [2 ** -53, 1e-9, 0.1, 0.5, Math.SQRT1_2, 0.7072, 0.9, 1 - 2 ** -53]) {
      ok(Math.abs(ln(value) / Math.log(value) - 1) < 4e-16 * 4, `ln ${value}`);
    }
  });

  it('forks depend on the seed and the name, not on what was drawn before', () => {
    const fresh = seeded(7);
    const used = seeded(7);
    draws(100, used.next);
    deepEqual(draws(20, fresh.fork('a').next), draws(20, used.fork('a').next));
    notDeepEqual(draws(20, fresh.fork('a').next), draws(20, fresh.fork('b').next));
  });

  it('has the means of its distributions, within four standard errors', () => {
    const random = seeded(1);
    const within = (values: readonly number[], expected: number, deviation: number): void =>
      ok(Math.abs(mean(values) - expected) < (4 * deviation) / Math.sqrt(count));
    within(draws(count, random.next), 0.5, Math.sqrt(1 / 12));
    within(
      draws(count, () => random.uniform(10, 20)),
      15,
      10 * Math.sqrt(1 / 12),
    );
    within(
      draws(count, () => random.exponential(30)),
      30,
      30,
    );
    within(
      draws(count, () => random.normal(5, 2)),
      5,
      2,
    );
  });

  it('draws integers of the whole range and none outside', () => {
    const random = seeded(3);
    deepEqual([...new Set(draws(200, () => random.integer(5)))].sort(), [0, 1, 2, 3, 4]);
  });

  it('zipf asks for the k-th item in proportion to 1 / k', () => {
    const random = seeded(5);
    const item = zipf(3, 1);
    const counts = [0, 0, 0];
    for (let n = 0; n < count; n++) {
      const index = item(random);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    const total = 1 + 1 / 2 + 1 / 3;
    counts.forEach((seen, index) => {
      const share = 1 / (index + 1) / total;
      ok(Math.abs(seen - count * share) < 4 * Math.sqrt(count * share * (1 - share)));
    });
    equal(zipf(1, 1)(random), 0);
  });
});
