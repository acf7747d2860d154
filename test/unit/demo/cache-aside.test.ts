import { deepEqual, equal, notDeepEqual, ok, rejects } from 'node:assert/strict';
import demo from '../../../templates/patterns/cache-aside/demo.ts';
import { stampedeLoadRate, ttlLoads } from '../../../src/demo/oracles.ts';
import { runDemo, type DemoRun } from '../../../src/demo/run.ts';
import type { DemoResult } from '../../../src/demo/types.ts';

const minute = 60;
/** Reads per second of each of the 20 rows: the k-th in proportion to 1 / k. */
function readRates(reads: number): readonly number[] {
  const ranks = Array.from({ length: 20 }, (_, index) => 1 / (index + 1));
  const total = ranks.reduce((sum, share) => sum + share, 0);
  return ranks.map((share) => (reads * share) / total);
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
const charted = (result: DemoResult): number =>
  sum((result.series['loads'] ?? []).map((perSecond) => (perSecond ?? 0) / 2));

/** Enough connections for every load, no writes, no jitter: what the formulas assume. */
const calm = { connections: 32, writes: 0, jitter: 0 };

describe('demo of cache-aside', () => {
  let run: DemoRun;
  before(async () => {
    run = await runDemo(demo);
  });

  it('answers the reads that arrive, the same for both versions: Poisson, within four standard deviations', async () => {
    const { with: withIt, without } = await runDemo(demo, { knobs: { ...calm, reads: 100 } });
    for (const { figures } of [withIt, without]) {
      ok(Math.abs((figures['reads'] ?? 0) - 100 * minute) < 4 * Math.sqrt(100 * minute));
    }
    // Both see the same arrivals; what is missing is still being loaded when the minute is over.
    ok(Math.abs((withIt.figures['reads'] ?? 0) - (without.figures['reads'] ?? 0)) <= 100);
  });

  it('every load in the chart is in the figure, and the reverse', () => {
    for (const result of [run.with, run.without]) equal(charted(result), result.figures['loads']);
  });

  it('CA-1 CA-7 loads a row once per life: as often as theory says, within four standard deviations', async () => {
    for (const ttl of [2, 10]) {
      const { with: withIt } = await runDemo(demo, { knobs: { ...calm, reads: 100, ttl } });
      const expected = readRates(100).map((rate) => ttlLoads(rate, ttl * 1_000, minute * 1_000));
      const mean = sum(expected.map((row) => row.mean));
      const deviation = Math.sqrt(sum(expected.map((row) => row.variance)));
      const loads = withIt.figures['loads'] ?? 0;
      ok(
        Math.abs(loads - mean) < 4 * deviation,
        `${loads} loads, expected ${mean} ± ${4 * deviation}`,
      );
    }
  });

  it('without single flight every reader that misses loads: as often as theory says', async () => {
    const [reads, load, ttl] = [100, 100, 2];
    const { without } = await runDemo(demo, { knobs: { ...calm, reads, load, ttl } });
    const rows = readRates(reads).map((rate) => ({
      perCycle: 1 + (rate * load) / 1_000,
      loads: minute * stampedeLoadRate(rate, load, ttl * 1_000),
    }));
    const expected = sum(rows.map((row) => row.loads));
    // The minute begins with a load and ends within a life: up to one cycle per row. Within it, loads join as a Poisson number per cycle.
    const edge = sum(rows.map((row) => row.perCycle));
    const spread = 4 * Math.sqrt(sum(rows.map((row) => row.loads)));
    const loads = without.figures['loads'] ?? 0;
    ok(Math.abs(loads - expected) < edge + spread, `${loads} loads, expected ${expected}`);
  });

  it('with a connection for each row nobody waits longer than one load', async () => {
    const { with: withIt } = await runDemo(demo, { knobs: { ...calm, load: 200 } });
    const latencies = (withIt.series['latency'] ?? []).filter((value) => value !== null);
    ok(latencies.length > 0);
    // Sums of binary fractions: a nanosecond of slack.
    ok(latencies.every((latency) => latency <= 200 + 1e-6));
  });

  it('CA-3 no read is stale after a write, over many seeds and under many writes; the usual version has such reads in each', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const { with: withIt, without } = await runDemo(demo, {
        knobs: { reads: 100, load: 400, connections: 32, writes: 10 },
        seed,
      });
      equal(withIt.figures['stale'], 0);
      ok((withIt.figures['fenced'] ?? 0) > 0, 'no load met a write: the seed shows nothing');
      ok((without.figures['stale'] ?? 0) > 0);
    }
  });

  it('without writes nothing is stale and nothing is fenced off', async () => {
    const { with: withIt, without } = await runDemo(demo, { knobs: { writes: 0 } });
    for (const { figures } of [withIt, without]) {
      deepEqual([figures['stale'], figures['fenced']], [0, 0]);
    }
  });

  it('with few connections the usual version never recovers from its cold start; the pattern does', async () => {
    const { with: withIt, without } = await runDemo(demo, { knobs: { connections: 5 } });
    const last = ({ series }: DemoResult): number =>
      Math.max(...(series['latency'] ?? []).slice(-20).map((latency) => latency ?? 0));
    ok(last(withIt) < 1_000);
    ok(last(without) > 5_000);
  });

  it('the same seed gives the same run, another seed another', async () => {
    deepEqual(await runDemo(demo), run);
    notDeepEqual((await runDemo(demo, { seed: 8 })).with, run.with);
  });

  it('runs with all knobs at either end', async () => {
    for (const end of ['min', 'max'] as const) {
      const knobs = Object.fromEntries(demo.knobs.map((knob) => [knob.id, knob[end]]));
      await runDemo(demo, { knobs });
    }
  });

  it('stops when it is told to', async () => {
    await rejects(
      runDemo(demo, { signal: AbortSignal.abort(new Error('another run')) }),
      /another run/,
    );
  });
});
