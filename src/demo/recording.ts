import type { SimulatedClock } from './load.ts';
import { Intervals, percentile, thinned } from './series.ts';
import type { DemoResult, TraceEvent } from './types.ts';

/** More than this cannot be seen, and costs memory in the page. */
export const maxTraceEvents = 20_000;

/** Takes down what happens in one run, for its charts and its topology. */
export class Recording {
  readonly #clock: SimulatedClock;
  readonly #startMs: number;
  readonly #intervals: Intervals;
  readonly #series = new Map<string, () => readonly (number | null)[]>();
  readonly #trace = new Map<string, TraceEvent[]>();

  /** @param intervalMs one sample per that many simulated milliseconds; 120 to 300 samples make a readable chart */
  constructor(clock: SimulatedClock, durationMs: number, intervalMs: number) {
    this.#clock = clock;
    this.#startMs = clock.now();
    this.#intervals = new Intervals(durationMs, intervalMs);
  }

  /** Simulated milliseconds since the run began. */
  get at(): number {
    return this.#clock.now() - this.#startMs;
  }

  /** Charts how often the returned function is called, per simulated second. */
  rate(chart: string): (count?: number) => void {
    const counts = this.#intervals.at.map(() => 0);
    this.#series.set(chart, () =>
      counts.map((count, index) => (count * 1_000) / this.#intervals.spanMs(index)),
    );
    return (count = 1) => {
      const index = this.#intervals.indexOf(this.at);
      counts[index] = (counts[index] ?? 0) + count;
    };
  }

  /** Charts the percentile of the values given in each interval (nearest rank); a gap where there were none. */
  percentile(chart: string, percent: number): (value: number) => void {
    const windows = this.#intervals.at.map((): number[] => []);
    this.#series.set(chart, () => windows.map((values) => percentile(values, percent)));
    return (value) => windows[this.#intervals.indexOf(this.at)]?.push(value);
  }

  /** Charts what `read` says at the end of each interval, e.g. the length of a queue. */
  level(chart: string, read: () => number): void {
    const levels: (number | null)[] = this.#intervals.at.map(() => null);
    this.#series.set(chart, () => levels);
    const sample = (index: number): void => {
      const due = this.#intervals.at[index];
      if (due === undefined) return;
      this.#clock.after(due - this.at, () => {
        levels[index] = read();
        sample(index + 1);
      });
    };
    sample(0);
  }

  /** One thing that moves over an edge of the topology, from now on. */
  move(event: Omit<TraceEvent, 'at'>): void {
    const group = `${event.edge}/${event.kind}`;
    const events = this.#trace.get(group);
    const stamped = { at: this.at, ...event };
    if (events) events.push(stamped);
    else this.#trace.set(group, [stamped]);
  }

  result(figures: Readonly<Record<string, number>>): DemoResult {
    const series = [...this.#series].map(([chart, values]) => [chart, values()] as const);
    return {
      at: this.#intervals.at,
      series: Object.fromEntries(series),
      figures,
      trace: fairShares([...this.#trace.values()], maxTraceEvents)
        .flat()
        .sort((a, b) => a.at - b.at),
    };
  }
}

/** Thins the groups to `limit` events in all: a small group (what goes wrong is rare) is kept whole, the large ones share the rest. */
function fairShares(
  groups: readonly (readonly TraceEvent[])[],
  limit: number,
): readonly (readonly TraceEvent[])[] {
  let rest = limit;
  return groups
    .toSorted((a, b) => a.length - b.length)
    .map((group, index) => {
      const kept = thinned(group, Math.floor(rest / (groups.length - index)));
      rest -= kept.length;
      return kept;
    });
}
