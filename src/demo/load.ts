import type { Random } from './random.ts';
import type { DemoSetup } from './types.ts';

/** What the helpers need of a clock; the rendered `VirtualClock` is one. */
export interface SimulatedClock {
  now(): number;
  after(ms: number, run: () => void): () => void;
  advance(ms: number): Promise<void>;
}

/** Runs the simulation for `durationMs`. Rejects with the signal's reason within one simulated second of an abort. */
export async function simulate(
  clock: SimulatedClock,
  durationMs: number,
  signal: AbortSignal,
): Promise<void> {
  const sliceMs = 1_000;
  for (let leftMs = durationMs; leftMs > 0; leftMs -= sliceMs) {
    signal.throwIfAborted();
    await clock.advance(Math.min(sliceMs, leftMs));
  }
}

/** Calls `arrive` at the times of a Poisson process, for as long as the clock moves. A rate of 0 never calls it. */
export function poissonArrivals(
  clock: SimulatedClock,
  random: Random,
  ratePerSecond: number,
  arrive: () => void,
): void {
  if (ratePerSecond <= 0) return;
  const next = (): void => {
    clock.after(random.exponential(1_000 / ratePerSecond), () => {
      next();
      arrive();
    });
  };
  next();
}

/** Resolves after `ms` simulated milliseconds. */
export function pause(clock: SimulatedClock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

/** Value of a knob. Throws for one that the demo does not have. */
export function knob(setup: DemoSetup, id: string): number {
  const value = setup.knobs[id];
  if (value === undefined) throw new Error(`no value for the knob "${id}"`);
  return value;
}
