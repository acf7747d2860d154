/**
 * A demo: a scenario over the rendered code, run on its virtual clock with a seeded random.
 * `templates/patterns/<id>/demo.ts` default-exports a `Demo`; it imports the rendered code as
 * `#rendered/cache-aside/cache-aside.ts`, and types and helpers from here as `#demo/….ts`.
 * The same module runs in Node (command line, tests) and in the page; it may use neither's globals.
 */
export interface Demo {
  readonly id: string;
  /** Simulated span of one run, in milliseconds. */
  readonly durationMs: number;
  readonly knobs: readonly Knob[];
  readonly charts: readonly Chart[];
  readonly topology: Topology;
  /** The headline numbers, in the order shown. */
  readonly figures: readonly Figure[];
  /** What runs without the pattern: one sentence, e.g. `Get, load on a miss, set; delete after a write.` */
  readonly without: string;
  /** Files of the rendered output that the demo exercises, main one first: "Open the code it runs". */
  readonly runs: readonly string[];
  run(setup: DemoSetup): Promise<DemoResult>;
}

export interface Knob {
  readonly id: string;
  readonly label: string;
  /** A slider, or a switch with 0 and 1. */
  readonly kind: 'range' | 'switch';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
  /** Shown behind the value: `ms`, `%`, `/s`… */
  readonly unit: string;
}

/** One chart: the same series with and without the pattern. */
export interface Chart {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
}

export interface Figure {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  /** Which direction is good; decides the colour, with a sign beside it. */
  readonly better: 'lower' | 'higher' | 'zero' | 'neither';
}

/** Coordinates on a 460 × 120 canvas. */
export interface Topology {
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly x: number;
    readonly y: number;
  }[];
  readonly edges: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly dashed?: boolean;
  }[];
}

export interface DemoSetup {
  /** Value of every knob by id; switches are 0 or 1. */
  readonly knobs: Readonly<Record<string, number>>;
  /** Run with the pattern, or the same load against the naive version. */
  readonly withPattern: boolean;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export interface DemoResult {
  /** Sample times in simulated milliseconds, ascending; common to all series. */
  readonly at: readonly number[];
  /** By chart id, one value per sample time; `null` where nothing was measured. */
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  /** By figure id, over the whole run. */
  readonly figures: Readonly<Record<string, number>>;
  /** What moved over the topology, ascending by time: the code's own trace events. At most 20,000 are kept. */
  readonly trace: readonly TraceEvent[];
}

export interface TraceEvent {
  /** Simulated milliseconds. */
  readonly at: number;
  readonly edge: string;
  /** Time on the edge, in simulated milliseconds. */
  readonly tookMs: number;
  readonly kind: 'normal' | 'good' | 'bad';
  /** Travels from `to` to `from`. */
  readonly back?: boolean;
}
