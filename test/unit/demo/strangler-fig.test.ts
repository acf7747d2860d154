import { deepEqual, equal, notDeepEqual, ok, rejects } from 'node:assert/strict';
import demo, {
  brokenMs,
  repairedMs,
  switchMs,
} from '../../../templates/patterns/strangler-fig/demo.ts';
import { poissonTolerance } from '../../../src/demo/oracles.ts';
import { runDemo, type DemoRun } from '../../../src/demo/run.ts';
import type { DemoResult } from '../../../src/demo/types.ts';

const users = 2_000;
const charted = (result: DemoResult, chart: string): number =>
  (result.series[chart] ?? []).reduce<number>((sum, perSecond) => sum + (perSecond ?? 0) / 2, 0);
const figure = (result: DemoResult, id: string): number => result.figures[id] ?? NaN;
const seconds = (fromMs: number, toMs: number): number => (toMs - fromMs) / 1_000;

describe('demo of the strangler fig', () => {
  let run: DemoRun;
  before(async () => {
    run = await runDemo(demo);
  });

  it('SF-3 the share on the new side is binomial over the users, and Poisson over their requests: within four standard deviations', async () => {
    for (const rollout of [5, 25, 60]) {
      const { with: withIt } = await runDemo(demo, { knobs: { rollout, errors: 0 } });
      const share = rollout / 100;
      const requests = 60 * seconds(switchMs, demo.durationMs);
      const mean = requests * share;
      const byUsers = (requests ** 2 * share * (1 - share)) / users;
      const deviation = Math.sqrt(mean + byUsers);
      const answers = charted(withIt, 'new');
      ok(Math.abs(answers - mean) < 4 * deviation, `${answers}, expected ${mean} ± ${deviation}`);
    }
  });

  it('the big bang sends every request to the new side, and its errors to every user', async () => {
    const errors = 0.3;
    const broken = 60 * seconds(brokenMs, repairedMs) * errors;
    const failed = figure(run.without, 'failedReads') + figure(run.without, 'failedWrites');
    ok(Math.abs(failed - broken) < poissonTolerance(broken), `${failed}, expected ${broken}`);
    equal(charted(run.without, 'errors'), failed);
    const answered = 60 * seconds(switchMs, demo.durationMs) - broken;
    ok(Math.abs(charted(run.without, 'new') - answered) < poissonTolerance(answered + broken));
  });

  it('every error in the chart is in the figures', () => {
    for (const result of [run.with, run.without]) {
      equal(
        charted(result, 'errors'),
        figure(result, 'failedReads') + figure(result, 'failedWrites'),
      );
    }
  });

  it('SF-4 no read fails with the pattern, over many seeds; writes fail only until the rollback, which comes within seconds', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const { with: withIt, without } = await runDemo(demo, { seed });
      equal(figure(withIt, 'failedReads'), 0);
      ok(figure(without, 'failedReads') > 0);
      ok(figure(withIt, 'fallbacks') > 0);
      ok(figure(withIt, 'failedWrites') < figure(without, 'failedWrites') / 4);
      // 20 answers of the new side decide; at 15 per second the window holds more than that before the release breaks.
      ok(figure(withIt, 'exposed') < 5, `rolled back after ${figure(withIt, 'exposed')} s`);
    }
  });

  it('SF-4 it never goes forward again by itself', () => {
    const later = (run.with.series['new'] ?? []).filter((_, i) => (run.with.at[i] ?? 0) > 40_000);
    ok(later.length > 0);
    deepEqual(
      later.filter((perSecond) => perSecond !== 0),
      [],
    );
  });

  it('SF-7 no user sees a wrong answer where the comparison finds them, or where there is none', async () => {
    for (const knobs of [
      { wrong: 20, errors: 0 },
      { wrong: 20, errors: 0, sample: 0 },
    ]) {
      const { with: withIt, without } = await runDemo(demo, { knobs });
      equal(figure(withIt, 'wrong'), 0);
      ok(figure(without, 'wrong') > 0);
    }
  });

  it('SF-5 comparing changes no answer and no error: the sample moves nothing but the evidence', async () => {
    const { without } = await runDemo(demo, { knobs: { sample: 50 } });
    deepEqual(without.figures, run.without.figures);
    const quiet = { rollout: 1, errors: 0 };
    const [none, half] = [
      await runDemo(demo, { knobs: { ...quiet, sample: 0 } }),
      await runDemo(demo, { knobs: { ...quiet, sample: 50 } }),
    ];
    for (const { with: withIt } of [none, half]) {
      deepEqual([figure(withIt, 'failedReads'), figure(withIt, 'failedWrites')], [0, 0]);
    }
    // Without evidence the gate stays closed.
    equal(charted(none.with, 'new'), 0);
    ok(charted(half.with, 'new') > 0);
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
