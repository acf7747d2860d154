import { memoryRolloutStore } from '#rendered/engines/memory/rollout-store.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { createStrangler, type StranglerEvent } from '#rendered/strangler-fig/strangler.ts';
import { knob, pause, poissonArrivals, simulate } from '#demo/load.ts';
import { seeded, type Random } from '#demo/random.ts';
import { Recording } from '#demo/recording.ts';
import type { Demo, DemoResult, DemoSetup } from '#demo/types.ts';

const durationMs = 60_000;
/** When the first users are to go to the new system. */
export const switchMs = 20_000;
/** When a release of the new system brings errors, and when the next one takes all its bugs away. */
export const brokenMs = 30_000;
export const repairedMs = 50_000;
/** How often somebody tries again what the gate refused. */
const retryMs = 5_000;
const users = 2_000;
const oldMs = 40;
const newMs = 25;
const stepMs = 10;
const rollout = 'invoices';

/** One request, with the luck that it brings to either version of the code. */
interface Request {
  readonly user: string;
  readonly isWrite: boolean;
  /** Uniform in [0, 1): below the rate of errors or wrong answers the new system's bug hits it. */
  readonly errorLuck: number;
  readonly wrongLuck: number;
}

interface Answer {
  readonly total: number;
}

/** What the code under test is given to work with: the same for both versions. */
interface World {
  readonly clock: VirtualClock;
  readonly recording: Recording;
  readonly setup: DemoSetup;
  readonly random: Random;
  readonly askOld: (request: Request) => Promise<Answer>;
  readonly askNew: (request: Request) => Promise<Answer>;
}

/** How a version of the code answers. */
interface Version {
  answer(request: Request): Promise<Answer>;
  fallbacks(): number;
  /** For how long users were exposed to the broken release, in milliseconds. */
  exposedMs(): number;
}

const demo: Demo = {
  id: 'strangler-fig',
  durationMs,
  knobs: [
    {
      id: 'requests',
      label: 'Requests',
      kind: 'range',
      min: 20,
      max: 100,
      step: 10,
      default: 60,
      unit: '/s',
    },
    {
      id: 'writes',
      label: 'Share of writes',
      kind: 'range',
      min: 0,
      max: 50,
      step: 5,
      default: 20,
      unit: '%',
    },
    {
      id: 'rollout',
      label: 'Rollout',
      kind: 'range',
      min: 1,
      max: 99,
      step: 1,
      default: 25,
      unit: '%',
    },
    {
      id: 'errors',
      label: 'New side: errors',
      kind: 'range',
      min: 0,
      max: 100,
      step: 5,
      default: 30,
      unit: '%',
    },
    {
      id: 'wrong',
      label: 'New side: wrong',
      kind: 'range',
      min: 0,
      max: 20,
      step: 1,
      default: 0,
      unit: '%',
    },
    {
      id: 'sample',
      label: 'Shadow sample',
      kind: 'range',
      min: 0,
      max: 50,
      step: 5,
      default: 20,
      unit: '%',
    },
  ],
  charts: [
    { id: 'new', label: 'Answered by the new side', unit: '/s' },
    { id: 'errors', label: 'Errors that users see', unit: '/s' },
  ],
  figures: [
    { id: 'failedReads', label: 'Failed reads', unit: '', better: 'zero' },
    { id: 'failedWrites', label: 'Failed writes', unit: '', better: 'lower' },
    { id: 'wrong', label: 'Wrong answers', unit: '', better: 'lower' },
    { id: 'fallbacks', label: 'Answered by the old side instead', unit: '', better: 'neither' },
    { id: 'exposed', label: 'On the broken release', unit: 's', better: 'lower' },
  ],
  topology: {
    nodes: [
      { id: 'users', label: 'users', x: 54, y: 60 },
      { id: 'facade', label: 'your code', x: 230, y: 60 },
      { id: 'old', label: 'old system', x: 406, y: 28 },
      { id: 'new', label: 'new system', x: 406, y: 92 },
    ],
    edges: [
      { id: 'ask', from: 'users', to: 'facade' },
      { id: 'old', from: 'facade', to: 'old' },
      { id: 'new', from: 'facade', to: 'new' },
    ],
  },
  without: 'Everybody moves on one day; a release that breaks stays until the next one.',
  runs: [
    'strangler-fig/strangler.ts',
    'strangler-fig/feature.ts',
    'strangler-fig/track.ts',
    'strangler-fig/shadow.ts',
    'engines/memory/rollout-store.ts',
  ],
  run,
};
export default demo;

async function run(setup: DemoSetup): Promise<DemoResult> {
  const clock = new VirtualClock();
  const recording = new Recording(clock, durationMs, 500);
  const random = seeded(setup.seed);
  const world: World = { clock, recording, setup, random, ...systems(clock, recording, setup) };
  const answeredByNew = recording.rate('new');
  const failed = recording.rate('errors');
  const version = setup.withPattern
    ? strangled(world, answeredByNew)
    : bigBang(world, answeredByNew);

  const figures = { failedReads: 0, failedWrites: 0, wrong: 0 };
  const [who, what, errors, wrongs] = ['users', 'writes', 'errors', 'wrong answers'].map((name) =>
    random.fork(name),
  ) as [Random, Random, Random, Random];
  poissonArrivals(clock, random.fork('requests'), knob(setup, 'requests'), () => {
    const request = {
      user: `user-${who.integer(users)}`,
      isWrite: what.next() < knob(setup, 'writes') / 100,
      errorLuck: errors.next(),
      wrongLuck: wrongs.next(),
    };
    recording.move({ edge: 'ask', tookMs: stepMs, kind: 'normal' });
    const told = (kind: 'normal' | 'bad'): void =>
      recording.move({ edge: 'ask', tookMs: stepMs, kind, back: true });
    version.answer(request).then(
      ({ total }) => {
        const isWrong = total !== 100;
        if (isWrong) figures.wrong++;
        told(isWrong ? 'bad' : 'normal');
      },
      () => {
        if (request.isWrite) figures.failedWrites++;
        else figures.failedReads++;
        failed();
        told('bad');
      },
    );
  });
  await simulate(clock, durationMs, setup.signal);
  return recording.result({
    ...figures,
    fallbacks: version.fallbacks(),
    exposed: version.exposedMs() / 1_000,
  });
}

/** The two systems: the old one is slow and right, the new one fast, and until it is repaired now and then wrong or broken. */
function systems(
  clock: VirtualClock,
  recording: Recording,
  setup: DemoSetup,
): Pick<World, 'askOld' | 'askNew'> {
  return {
    async askOld() {
      recording.move({ edge: 'old', tookMs: oldMs / 2, kind: 'normal' });
      await pause(clock, oldMs);
      recording.move({ edge: 'old', tookMs: stepMs, kind: 'normal', back: true });
      return { total: 100 };
    },
    async askNew({ errorLuck, wrongLuck }) {
      recording.move({ edge: 'new', tookMs: newMs / 2, kind: 'good' });
      await pause(clock, newMs);
      const { at } = recording;
      const fails = at >= brokenMs && at < repairedMs && errorLuck < knob(setup, 'errors') / 100;
      const isWrong = at < repairedMs && wrongLuck < knob(setup, 'wrong') / 100;
      const kind = fails || isWrong ? 'bad' : 'good';
      recording.move({ edge: 'new', tookMs: stepMs, kind, back: true });
      if (fails) throw new Error('a bug in the new system');
      return { total: isWrong ? 99 : 100 };
    },
  };
}

/** The generated code: compare, then move a share of the users if nothing speaks against it. */
function strangled(world: World, answeredByNew: () => void): Version {
  const { clock, recording, setup, random, askOld, askNew } = world;
  let fallbacks = 0;
  /** When the first users came, and when they were taken back. */
  let [movedAt, backAt] = [repairedMs, repairedMs];
  const seen = (event: StranglerEvent): void => {
    if (event.type === 'fallback') fallbacks++;
    if (event.type !== 'changed') return;
    if (event.to.stage === 'canary') movedAt = recording.at;
    else backAt = recording.at;
  };
  const strangler = createStrangler({
    store: memoryRolloutStore(),
    rollouts: { [rollout]: { stage: 'shadow' } },
    gate: {
      minSamples: 100,
      maxMismatchRate: 0.05,
      maxExtraFailureRate: 0.01,
      maxP99Ratio: 2,
    },
    autoRollback: { windowMs: 5_000, minSamples: 20, maxFailureRate: 0.05 },
    clock,
    random: random.fork('shadow sample').next,
    onEvent: seen,
  });
  const askForUser = async (request: Request): Promise<Answer> => {
    const answer = await askNew(request);
    answeredByNew();
    return answer;
  };
  const sides = { rollout, key: ({ user }: Request) => user, old: askOld, new: askForUser };
  const read = strangler.feature<readonly [Request], Answer>('invoice.get', {
    ...sides,
    kind: 'read',
    shadow: {
      sample: knob(setup, 'sample') / 100,
      run: (_signal, request) => askNew(request),
    },
  });
  const write = strangler.feature<readonly [Request], Answer>('invoice.pay', {
    ...sides,
    kind: 'write',
  });

  /** What somebody does who watches the numbers, and takes no for an answer. */
  const promote = (): void => {
    const step = { stage: 'canary', percent: knob(setup, 'rollout') } as const;
    strangler.setRollout(rollout, step, { by: 'ann', reason: 'compared' }).catch(() => {
      clock.after(retryMs, promote);
    });
  };
  clock.after(switchMs, promote);
  return {
    answer: (request) => (request.isWrite ? write(request) : read(request)),
    fallbacks: () => fallbacks,
    exposedMs: () => Math.max(0, Math.min(backAt, repairedMs) - Math.max(movedAt, brokenMs)),
  };
}

/** The usual way: one day everybody moves. A release that breaks stays until the next one. */
function bigBang(world: World, answeredByNew: () => void): Version {
  const { recording, askOld, askNew } = world;
  return {
    async answer(request) {
      if (recording.at < switchMs) return askOld(request);
      const answer = await askNew(request);
      answeredByNew();
      return answer;
    },
    fallbacks: () => 0,
    exposedMs: () => repairedMs - brokenMs,
  };
}
