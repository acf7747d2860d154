import { maxTraceEvents } from './recording.ts';
import type { Demo, DemoResult, Knob } from './types.ts';

export type DemoErrorCode = 'UNKNOWN_KNOB' | 'BAD_KNOB' | 'BAD_SEED' | 'BAD_RESULT';

export class DemoError extends Error {
  override readonly name = 'DemoError';
  readonly code: DemoErrorCode;

  constructor(code: DemoErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const defaultSeed = 7;
const maxSeed = 2 ** 32 - 1;

export interface DemoRequest {
  /** Values by knob id; what is left out takes its default. */
  readonly knobs?: Readonly<Record<string, number>>;
  /** 0 … 2³² − 1. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** The same load twice: with the pattern, and against the naive version. */
export interface DemoRun {
  readonly knobs: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly with: DemoResult;
  readonly without: DemoResult;
}

/**
 * Runs a demo with and without its pattern.
 * Throws `DemoError` `UNKNOWN_KNOB`, `BAD_KNOB`, `BAD_SEED` before anything runs, `BAD_RESULT` when the demo returns what
 * its own description rules out, and the signal's reason when it aborts.
 */
export async function runDemo(demo: Demo, request: DemoRequest = {}): Promise<DemoRun> {
  const knobs = knobValues(demo.knobs, request.knobs ?? {});
  const seed = checkedSeed(request.seed ?? defaultSeed);
  const signal = request.signal ?? new AbortController().signal;
  const run = async (withPattern: boolean): Promise<DemoResult> => {
    signal.throwIfAborted();
    return checkedResult(demo, await demo.run({ knobs, withPattern, seed, signal }));
  };
  return { knobs, seed, with: await run(true), without: await run(false) };
}

/** Every knob's value: what was given, checked, else its default. */
export function knobValues(
  knobs: readonly Knob[],
  given: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const ids = knobs.map((knob) => knob.id);
  const unknown = Object.keys(given).find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new DemoError('UNKNOWN_KNOB', `no knob "${unknown}"; there are ${ids.join(', ')}`);
  }
  return Object.fromEntries(
    knobs.map((knob) => [knob.id, checkedKnob(knob, given[knob.id] ?? knob.default)]),
  );
}

function checkedKnob(knob: Knob, value: number): number {
  const steps = (value - knob.min) / knob.step;
  const onStep = Math.abs(steps - Math.round(steps)) < 1e-6;
  if (value >= knob.min && value <= knob.max && onStep) return value;
  const unit = knob.unit && ` ${knob.unit}`;
  throw new DemoError(
    'BAD_KNOB',
    `"${knob.id}" must be ${knob.min} to ${knob.max}${unit} in steps of ${knob.step}, not ${value}`,
  );
}

function checkedSeed(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed <= maxSeed) return seed;
  throw new DemoError('BAD_SEED', `the seed must be an integer of 0 to ${maxSeed}, not ${seed}`);
}

/** A demo's mistakes are found here, not as an empty chart. */
function checkedResult(demo: Demo, result: DemoResult): DemoResult {
  const wrong = (what: string): never => {
    throw new DemoError('BAD_RESULT', `the demo of ${demo.id} returned ${what}`);
  };
  if (result.at.some((at, index) => index > 0 && at <= (result.at[index - 1] ?? 0))) {
    wrong('sample times that do not ascend');
  }
  for (const chart of demo.charts) {
    const values = result.series[chart.id];
    if (values?.length !== result.at.length) wrong(`no complete series "${chart.id}"`);
    if (values?.some((value) => value !== null && !Number.isFinite(value))) {
      wrong(`a value in "${chart.id}" that is no number`);
    }
  }
  for (const figure of demo.figures) {
    if (!Number.isFinite(result.figures[figure.id])) wrong(`no figure "${figure.id}"`);
  }
  if (result.trace.length > maxTraceEvents) wrong(`more than ${maxTraceEvents} trace events`);
  const edges = new Set(demo.topology.edges.map((edge) => edge.id));
  const stray = result.trace.find((event) => !edges.has(event.edge));
  if (stray) wrong(`a trace event on an edge "${stray.edge}" that the topology does not have`);
  return result;
}
