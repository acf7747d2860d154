import { deepEqual, equal, notDeepEqual, ok, rejects } from 'node:assert/strict';
import demo from '../../../templates/patterns/competing-consumers/demo.ts';
import { erlangC, littlesLaw, poissonTolerance } from '../../../src/demo/oracles.ts';
import { knobValues, runDemo, type DemoRun } from '../../../src/demo/run.ts';
import type { DemoResult } from '../../../src/demo/types.ts';

const minute = 60;
/** Nothing goes wrong: what the formulas assume. */
const calm = { failures: 0, crash: 0 };

/** One run of the generated code alone. */
const generated = (knobs: Record<string, number>, seed: number): Promise<DemoResult> =>
  demo.run({
    knobs: knobValues(demo.knobs, knobs),
    withPattern: true,
    seed,
    signal: new AbortController().signal,
  });

interface Estimate {
  readonly mean: number;
  /** Four standard errors of the mean, from the spread between independent runs. */
  readonly tolerance: number;
}

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = squares / (values.length - 1);
  return { mean, tolerance: 4 * Math.sqrt(variance / values.length) };
}

function near({ mean, tolerance }: Estimate, expected: number, what: string): void {
  ok(
    Math.abs(mean - expected) <= tolerance,
    `${what}: ${mean.toFixed(1)} ± ${tolerance.toFixed(1)}, expected ${expected.toFixed(1)}`,
  );
}

describe('demo of competing consumers', () => {
  let run: DemoRun;
  before(async () => {
    run = await runDemo(demo);
  });

  for (const consumers of [6, 8, 12]) {
    it(`${consumers} consumers wait and answer as Erlang C says, within four standard errors of twelve runs`, async () => {
      const theory = erlangC(consumers, 50, 10);
      const runs: DemoResult[] = [];
      for (let seed = 1; seed <= 12; seed++)
        runs.push(await generated({ ...calm, consumers }, seed));
      const figure = (id: string) => estimate(runs.map(({ figures }) => figures[id] ?? NaN));
      near(figure('wait'), theory.waitMs, 'mean wait');
      near(figure('p95'), theory.responsePercentileMs(95), 'p95');
      // Little's law: what is inside on average. The run starts empty, which a minute hides.
      const inside = estimate(
        runs.map(({ series }) => {
          const levels = (series['backlog'] ?? []).map((level) => level ?? 0);
          return levels.reduce((sum, level) => sum + level, 0) / levels.length;
        }),
      );
      near(inside, littlesLaw(50, theory.waitMs + 100), 'jobs inside');
    });
  }

  it('Q1 nothing is lost, over many seeds, failures and a crash; the usual version loses jobs in each', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const { with: withIt, without } = await runDemo(demo, {
        knobs: { failures: 20, lease: 2, consumers: 8 },
        seed,
      });
      equal(withIt.figures['lost'], 0);
      ok((without.figures['lost'] ?? 0) > 0);
    }
  });

  it('the same jobs arrive in both versions: Poisson, within four standard deviations', async () => {
    const { with: withIt, without } = await runDemo(demo, { knobs: { ...calm, consumers: 16 } });
    for (const { figures } of [withIt, without]) {
      const tolerance = poissonTolerance(50 * minute);
      ok(Math.abs((figures['done'] ?? 0) - 50 * minute) < tolerance);
    }
    // What is missing is in hand when the minute is over.
    ok(Math.abs((withIt.figures['done'] ?? 0) - (without.figures['done'] ?? 0)) <= 32);
  });

  it('a crash costs a redelivery after the lease, and the inbox absorbs it', async () => {
    for (const lease of [1, 5, 20]) {
      const { figures, trace } = await generated({ failures: 0, lease }, 7);
      equal(figures['duplicates'], 1);
      equal(figures['lost'], 0);
      ok(trace.some(({ edge, kind }) => edge === 'take' && kind === 'bad'));
    }
    const calmRun = await generated(calm, 7);
    equal(calmRun.figures['duplicates'], 0);
  });

  it('failures cost attempts, not jobs: mean attempts are 1 / (1 − p), so the load rises by as much', async () => {
    const { with: withIt } = await runDemo(demo, {
      knobs: { failures: 30, crash: 0, consumers: 16 },
    });
    equal(withIt.figures['lost'], 0);
    ok((withIt.figures['done'] ?? 0) > 0.98 * 50 * minute - poissonTolerance(50 * minute));
  });

  it('too few consumers never catch up, and still lose nothing', async () => {
    const { figures, series } = await generated({ ...calm, consumers: 3 }, 7);
    const backlog = (series['backlog'] ?? []).map((level) => level ?? 0);
    // 50 come and 30 go per second.
    const expected = 20 * minute;
    ok(Math.abs((backlog.at(-1) ?? 0) - expected) < poissonTolerance(80 * minute));
    equal(figures['lost'], 0);
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
