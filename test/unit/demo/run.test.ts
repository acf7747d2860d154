import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { knobValues, runDemo } from '../../../src/demo/run.ts';
import type { Demo, DemoResult, DemoSetup, Knob } from '../../../src/demo/types.ts';

const knobs: readonly Knob[] = [
  { id: 'rate', label: 'Rate', kind: 'range', min: 0, max: 1, step: 0.1, default: 0.5, unit: '/s' },
  { id: 'on', label: 'On', kind: 'switch', min: 0, max: 1, step: 1, default: 1, unit: '' },
];
const good: DemoResult = {
  at: [1_000, 2_000],
  series: { calls: [1, null] },
  figures: { lost: 0 },
  trace: [{ at: 0, edge: 'ask', tookMs: 1, kind: 'normal' }],
};

function demo(run: (setup: DemoSetup) => DemoResult = () => good): Demo {
  return {
    id: 'dummy',
    durationMs: 2_000,
    knobs,
    charts: [{ id: 'calls', label: 'Calls', unit: '/s' }],
    figures: [{ id: 'lost', label: 'Lost', unit: '', better: 'zero' }],
    topology: {
      nodes: [
        { id: 'a', label: 'a', x: 60, y: 60 },
        { id: 'b', label: 'b', x: 400, y: 60 },
      ],
      edges: [{ id: 'ask', from: 'a', to: 'b' }],
    },
    without: 'Nothing.',
    runs: [],
    run: async (setup) => run(setup),
  };
}

describe('running a demo', () => {
  it('fills in defaults, and runs the same load with and without the pattern', async () => {
    const seen: unknown[] = [];
    const run = await runDemo(
      demo(({ knobs, withPattern, seed }) => {
        seen.push({ knobs, withPattern, seed });
        return good;
      }),
      { knobs: { rate: 0.3 }, seed: 12 },
    );
    deepEqual(seen, [
      { knobs: { rate: 0.3, on: 1 }, withPattern: true, seed: 12 },
      { knobs: { rate: 0.3, on: 1 }, withPattern: false, seed: 12 },
    ]);
    deepEqual([run.knobs, run.seed], [{ rate: 0.3, on: 1 }, 12]);
  });

  for (const [code, values] of [
    ['UNKNOWN_KNOB', { speed: 1 }],
    ['BAD_KNOB', { rate: 1.1 }],
    ['BAD_KNOB', { rate: 0.35 }],
    ['BAD_KNOB', { rate: NaN }],
    ['BAD_KNOB', { on: -1 }],
  ] as const) {
    it(`refuses ${JSON.stringify(values)}: ${code}`, () => {
      throws(() => knobValues(knobs, values), { code });
    });
  }

  it('accepts every step, whatever binary fractions make of it', () => {
    for (let step = 0; step <= 10; step++) knobValues(knobs, { rate: step * 0.1 });
  });

  for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
    it(`refuses the seed ${seed}`, async () => {
      await rejects(runDemo(demo(), { seed }), { code: 'BAD_SEED' });
    });
  }

  const wrong: readonly (readonly [string, Partial<DemoResult>])[] = [
    ['a series is missing', { series: {} }],
    ['a series is too short', { series: { calls: [1] } }],
    ['a value is no number', { series: { calls: [1, NaN] } }],
    ['a figure is missing', { figures: {} }],
    ['times do not ascend', { at: [2_000, 1_000] }],
    ['an edge does not exist', { trace: [{ at: 0, edge: 'tell', tookMs: 1, kind: 'bad' }] }],
    [
      'the trace is beyond its cap',
      { trace: Array(20_001).fill(good.trace[0]) as DemoResult['trace'] },
    ],
  ];
  for (const [what, part] of wrong) {
    it(`finds it when ${what}`, async () => {
      await rejects(runDemo(demo(() => ({ ...good, ...part }))), { code: 'BAD_RESULT' });
    });
  }

  it('does not start a second version after an abort', async () => {
    const abort = new AbortController();
    let runs = 0;
    const running = runDemo(
      demo(() => {
        runs++;
        abort.abort(new Error('stop'));
        return good;
      }),
      { signal: abort.signal },
    );
    await rejects(running, /stop/);
    equal(runs, 1);
  });
});
