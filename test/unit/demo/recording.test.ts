import { deepEqual, equal, ok } from 'node:assert/strict';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { pause, poissonArrivals, simulate } from '../../../src/demo/load.ts';
import { seeded } from '../../../src/demo/random.ts';
import { maxTraceEvents, Recording } from '../../../src/demo/recording.ts';
import { Intervals, percentile, thinned } from '../../../src/demo/series.ts';

const never = new AbortController().signal;

describe('intervals and percentiles', () => {
  it('a sample stands at the end of its interval; the last may be shorter', () => {
    const intervals = new Intervals(2_500, 1_000);
    deepEqual(intervals.at, [1_000, 2_000, 2_500]);
    deepEqual(
      [0, 999, 1_000, 2_499, 2_500].map((at) => intervals.indexOf(at)),
      [0, 0, 1, 2, 2],
    );
    equal(intervals.spanMs(2), 500);
  });

  it('percentile is the nearest rank, and null of nothing', () => {
    const values = [50, 15, 40, 20, 35];
    deepEqual(
      [5, 30, 40, 50, 100].map((percent) => percentile(values, percent)),
      [15, 20, 20, 35, 50],
    );
    equal(percentile([], 95), null);
  });

  it('thinned keeps order, spreads evenly, and keeps what fits', () => {
    const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    deepEqual(thinned(ten, 5), [0, 2, 4, 6, 8]);
    deepEqual(thinned(ten, 10), ten);
  });
});

describe('recording', () => {
  it('takes rates per second, percentiles with gaps, and levels at the end of each interval', async () => {
    const clock = new VirtualClock();
    const recording = new Recording(clock, 1_500, 500);
    const called = recording.rate('calls');
    const waited = recording.percentile('wait', 95);
    let level = 0;
    recording.level('queue', () => level);
    clock.after(100, () => {
      called();
      called(2);
      level = 3;
      waited(10);
      waited(30);
    });
    clock.after(1_200, () => {
      called();
      level = 1;
    });
    await simulate(clock, 1_500, never);
    const { at, series, figures } = recording.result({ calls: 4 });
    deepEqual(at, [500, 1_000, 1_500]);
    deepEqual(series, { calls: [6, 0, 2], wait: [30, null, null], queue: [3, 3, 1] });
    deepEqual(figures, { calls: 4 });
  });

  it('thins the trace to its cap, and keeps what is rare whole', async () => {
    const clock = new VirtualClock();
    const recording = new Recording(clock, 60_000, 500);
    for (let at = 0; at < 40_000; at++) {
      recording.move({ edge: 'ask', tookMs: 1, kind: 'normal' });
      if (at % 1_000 === 0) recording.move({ edge: 'ask', tookMs: 1, kind: 'bad' });
      await clock.advance(0);
    }
    const { trace } = recording.result({});
    equal(trace.length, maxTraceEvents);
    equal(trace.filter((event) => event.kind === 'bad').length, 40);
  });

  it('gives the trace in the order of time', async () => {
    const clock = new VirtualClock();
    const recording = new Recording(clock, 1_000, 500);
    for (const edge of ['b', 'a', 'b']) {
      recording.move({ edge, tookMs: 5, kind: 'normal' });
      await clock.advance(10);
    }
    deepEqual(
      recording.result({}).trace.map(({ at, edge }) => [at, edge]),
      [
        [0, 'b'],
        [10, 'a'],
        [20, 'b'],
      ],
    );
  });
});

describe('load', () => {
  it('arrivals are Poisson: their number is within four standard deviations, also of its own variance', async () => {
    const counts = await Promise.all(
      Array.from({ length: 40 }, async (_, seed) => {
        const clock = new VirtualClock();
        let arrived = 0;
        poissonArrivals(clock, seeded(seed), 50, () => arrived++);
        await simulate(clock, 10_000, never);
        return arrived;
      }),
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance =
      counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    ok(Math.abs(mean - 500) < 4 * Math.sqrt(500 / 40));
    // The sample variance of n normal values has a relative standard deviation of √(2 / (n − 1)).
    ok(Math.abs(variance / 500 - 1) < 4 * Math.sqrt(2 / 39));
  });

  it('a rate of zero brings nobody', async () => {
    const clock = new VirtualClock();
    poissonArrivals(clock, seeded(1), 0, () => ok(false));
    await simulate(clock, 10_000, never);
    equal(clock.pending, 0);
  });

  it('an abort stops the simulation within one simulated second', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    clock.after(3_500, () => abort.abort(new Error('another run')));
    const outcome = await simulate(clock, 60_000, abort.signal).catch(
      (error: Error) => error.message,
    );
    equal(outcome, 'another run');
    equal(clock.now(), 4_000);
  });

  it('a pause takes simulated time', async () => {
    const clock = new VirtualClock();
    let over = false;
    void pause(clock, 20).then(() => (over = true));
    await clock.advance(19);
    equal(over, false);
    await clock.advance(1);
    equal(over, true);
  });
});
