import { equal, ok, throws } from 'node:assert/strict';
import {
  erlangC,
  fluidBurst,
  littlesLaw,
  stampedeLoadRate,
  ttlLoadRate,
  ttlLoads,
} from '../../../src/demo/oracles.ts';

const near = (actual: number, expected: number, tolerance: number): void =>
  ok(
    Math.abs(actual - expected) <= tolerance,
    `${actual} is not within ${tolerance} of ${expected}`,
  );

describe('oracles', () => {
  it('Erlang C: waits and percentiles of M/M/c at 50 arrivals and 10 services per second', () => {
    const six = erlangC(6, 50, 10);
    near(six.utilisation, 0.833, 0.001);
    near(six.waitMs, 58.8, 0.1);
    near(six.responsePercentileMs(95), 424.7, 0.1);
    near(erlangC(8, 50, 10).waitMs, 5.6, 0.05);
    near(erlangC(8, 50, 10).responsePercentileMs(95), 308, 1);
    near(erlangC(12, 50, 10).responsePercentileMs(95), 300, 1);
  });

  it('Erlang C with one server is M/M/1: wait ρ / (μ − λ), exponential response', () => {
    const one = erlangC(1, 8, 10);
    near(one.waitProbability, 0.8, 1e-12);
    near(one.waitMs, 400, 1e-9);
    near(one.responsePercentileMs(95), (1_000 * Math.log(20)) / 2, 1e-6);
  });

  it('Erlang C has no answer where arrivals outrun the servers', () => {
    throws(() => erlangC(5, 50, 10), RangeError);
  });

  it("Little's law: 50 per second that stay 200 ms are 10", () => {
    equal(littlesLaw(50, 200), 10);
  });

  it('a burst of 500/s for 10 s over a cap of 200/s: 3,000 wait, 30 s to drain, 15 s at worst', () => {
    const burst = fluidBurst({ baseRate: 100, burstRate: 500, burstMs: 10_000, capRate: 200 });
    equal(burst.backlog, 3_000);
    equal(burst.drainMs, 30_000);
    equal(burst.worstWaitMs, 15_000);
  });

  it('loads of a key: one where it never expires, nearly all reads where it soon has, the long-run rate in between', () => {
    near(ttlLoads(10, 60_000, 60_000).mean, 1, 1e-9);
    near(ttlLoads(10, 60_000, 60_000).variance, 0, 1e-6);
    near(ttlLoads(2, 1, 10_000).mean, 20 / 1.002, 0.01);
    const long = 300_000;
    near(ttlLoads(0.7, 3_000, long).mean / (long / 1_000), ttlLoadRate(0.7, 3_000), 0.004);
  });

  it('a stampede needs readers: with few it is one load per life, with many one per reader in the load', () => {
    near(stampedeLoadRate(0.01, 100, 10_000), ttlLoadRate(0.01, 10_100), 1e-5);
    near(stampedeLoadRate(100, 200, 9_600), 21 / (0.2 + 9.6 + 0.2), 0.01);
  });
});
