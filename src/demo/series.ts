/** Fixed intervals over a run. A sample time is the end of its interval: what it shows had happened by then. */
export class Intervals {
  readonly lengthMs: number;
  /** Sample times in simulated milliseconds, ascending. */
  readonly at: readonly number[];

  constructor(durationMs: number, lengthMs: number) {
    this.lengthMs = lengthMs;
    const count = Math.max(1, Math.ceil(durationMs / lengthMs));
    this.at = Array.from({ length: count }, (_, index) =>
      Math.min((index + 1) * lengthMs, durationMs),
    );
  }

  /** Which interval a moment falls into; the end of the run counts into the last. */
  indexOf(atMs: number): number {
    return Math.min(this.at.length - 1, Math.max(0, Math.floor(atMs / this.lengthMs)));
  }

  /** Length of one interval; the last may be shorter. */
  spanMs(index: number): number {
    return (this.at[index] ?? 0) - index * this.lengthMs;
  }
}

/**
 * Nearest-rank percentile: the smallest value with at least `percent` % of the values at or below it.
 * `null` where there is no value. The values need not be sorted.
 */
export function percentile(values: readonly number[], percent: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? null;
}

/** `values`, evenly thinned to at most `limit`, in order; the first is kept. */
export function thinned<T>(values: readonly T[], limit: number): readonly T[] {
  if (values.length <= limit) return values;
  const step = values.length / limit;
  return Array.from({ length: limit }, (_, index) => values[Math.floor(index * step)] as T);
}
