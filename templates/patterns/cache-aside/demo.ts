import { createCacheAside, type CacheEvent } from '#rendered/cache-aside/cache-aside.ts';
import { memoryCacheStore } from '#rendered/engines/memory/cache-store.ts';
import { VirtualClock } from '#rendered/kernel/virtual-clock.ts';
import { knob, pause, poissonArrivals, simulate } from '#demo/load.ts';
import { seeded, zipf } from '#demo/random.ts';
import { Recording } from '#demo/recording.ts';
import type { Demo, DemoResult, DemoSetup } from '#demo/types.ts';

const durationMs = 60_000;
/** What a step within the process takes in the picture. */
const stepMs = 1;
/** A write holds its row that long before it commits. */
const writeMs = 10;
/** The most popular of 20 rows takes 28 % of the reads, as popularity goes. */
const rows = 20;

interface Row {
  readonly id: number;
  readonly version: number;
}

/** What the code under test is given to work with: the same for both versions. */
interface World {
  readonly clock: VirtualClock;
  readonly database: Database;
  readonly recording: Recording;
  readonly setup: DemoSetup;
}

/** How a version of the code reads and writes. */
interface Access {
  read(id: number): Promise<Row | undefined>;
  /** Commits, then drops the copy. When it resolves, the writer believes that nobody sees the old row again. */
  write(id: number): Promise<void>;
  /** Loads that came too late to be stored. */
  fenced(): number;
}

const demo: Demo = {
  id: 'cache-aside',
  durationMs,
  knobs: [
    {
      id: 'reads',
      label: 'Reads',
      kind: 'range',
      min: 50,
      max: 400,
      step: 10,
      default: 200,
      unit: '/s',
    },
    {
      id: 'load',
      label: 'Load time',
      kind: 'range',
      min: 20,
      max: 400,
      step: 20,
      default: 200,
      unit: 'ms',
    },
    {
      id: 'connections',
      label: 'Connections',
      kind: 'range',
      min: 2,
      max: 32,
      step: 1,
      default: 8,
      unit: '',
    },
    {
      id: 'ttl',
      label: 'Time to live',
      kind: 'range',
      min: 1,
      max: 30,
      step: 1,
      default: 10,
      unit: 's',
    },
    {
      id: 'jitter',
      label: 'Jitter',
      kind: 'range',
      min: 0,
      max: 50,
      step: 5,
      default: 10,
      unit: '%',
    },
    {
      id: 'writes',
      label: 'Writes',
      kind: 'range',
      min: 0,
      max: 10,
      step: 0.5,
      default: 2,
      unit: '/s',
    },
  ],
  charts: [
    { id: 'loads', label: 'Database calls', unit: '/s' },
    { id: 'latency', label: 'Latency (p95)', unit: 'ms' },
  ],
  figures: [
    { id: 'reads', label: 'Reads answered', unit: '', better: 'neither' },
    { id: 'loads', label: 'Database loads', unit: '', better: 'lower' },
    { id: 'stale', label: 'Stale after a write', unit: '', better: 'zero' },
    { id: 'fenced', label: 'Fills fenced off', unit: '', better: 'neither' },
  ],
  topology: {
    nodes: [
      { id: 'readers', label: 'readers', x: 54, y: 28 },
      { id: 'writers', label: 'writers', x: 54, y: 92 },
      { id: 'app', label: 'your code', x: 230, y: 60 },
      { id: 'cache', label: 'cache', x: 406, y: 28 },
      { id: 'database', label: 'database', x: 406, y: 92 },
    ],
    edges: [
      { id: 'read', from: 'readers', to: 'app' },
      { id: 'write', from: 'writers', to: 'app' },
      { id: 'lookup', from: 'app', to: 'cache' },
      { id: 'load', from: 'app', to: 'database' },
    ],
  },
  without: 'Get, load on a miss, set with a time to live; delete after a write.',
  runs: ['cache-aside/cache-aside.ts', 'cache-aside/flight.ts', 'engines/memory/cache-store.ts'],
  run,
};
export default demo;

async function run(setup: DemoSetup): Promise<DemoResult> {
  const clock = new VirtualClock();
  const recording = new Recording(clock, durationMs, 500);
  const random = seeded(setup.seed);
  const database = new Database(clock, knob(setup, 'connections'), knob(setup, 'load'));
  const loaded = recording.rate('loads');
  const answered = recording.percentile('latency', 95);
  database.onRead = (tookMs) => {
    loaded();
    recording.move({ edge: 'load', tookMs, kind: 'normal' });
  };
  const world = { clock, database, recording, setup };
  const access = setup.withPattern ? generated(world, random.fork('jitter').next) : usual(world);

  /** By row, the version that a writer has been told is in force. */
  const acknowledged = Array.from({ length: rows }, () => 0);
  const popular = zipf(rows, 1);
  const figures = { reads: 0, stale: 0 };
  const readKeys = random.fork('rows read');
  poissonArrivals(clock, random.fork('reads'), knob(setup, 'reads'), () => {
    const id = popular(readKeys);
    const expected = acknowledged[id] ?? 0;
    const asked = clock.now();
    recording.move({ edge: 'read', tookMs: stepMs, kind: 'normal' });
    void access.read(id).then((row) => {
      const stale = (row?.version ?? 0) < expected;
      figures.reads++;
      if (stale) figures.stale++;
      answered(clock.now() - asked);
      recording.move({ edge: 'read', tookMs: stepMs, kind: stale ? 'bad' : 'normal', back: true });
    });
  });
  const writtenKeys = random.fork('rows written');
  poissonArrivals(clock, random.fork('writes'), knob(setup, 'writes'), () => {
    const id = popular(writtenKeys);
    recording.move({ edge: 'write', tookMs: writeMs, kind: 'good' });
    void access.write(id).then(() => {
      acknowledged[id] = (acknowledged[id] ?? 0) + 1;
    });
  });
  await simulate(clock, durationMs, setup.signal);
  return recording.result({ ...figures, loads: database.reads, fenced: access.fenced() });
}

/** The generated code on its embedded store. */
function generated({ clock, database, recording, setup }: World, random: () => number): Access {
  const seen: Partial<Record<CacheEvent['type'], () => void>> = {
    hit: () => recording.move({ edge: 'lookup', tookMs: stepMs, kind: 'good', back: true }),
    miss: () => recording.move({ edge: 'lookup', tookMs: stepMs, kind: 'normal' }),
    load: () => recording.move({ edge: 'load', tookMs: stepMs, kind: 'normal', back: true }),
    fill: () => recording.move({ edge: 'lookup', tookMs: stepMs, kind: 'normal' }),
    fenced: () => recording.move({ edge: 'lookup', tookMs: stepMs, kind: 'bad' }),
  };
  const cache = createCacheAside<number, Row>({
    name: 'row',
    store: memoryCacheStore({ maxEntries: 10_000, clock }),
    key: String,
    load: (id) => database.read(id),
    ttlMs: knob(setup, 'ttl') * 1_000,
    jitter: knob(setup, 'jitter') / 100,
    clock,
    random,
    onEvent: (event) => seen[event.type]?.(),
  });
  return {
    read: (id) => cache.get(id),
    write: async (id) => {
      await database.write(id);
      await cache.invalidate(id);
    },
    fenced: () => cache.stats().fenced,
  };
}

/** Cache-aside as it is usually written: get, load on a miss, set; delete after a write. */
function usual({ clock, database, recording, setup }: World): Access {
  const ttlMs = knob(setup, 'ttl') * 1_000;
  const cache = new Map<number, { readonly row: Row; readonly until: number }>();
  return {
    async read(id) {
      const entry = cache.get(id);
      if (entry && clock.now() < entry.until) {
        recording.move({ edge: 'lookup', tookMs: stepMs, kind: 'good', back: true });
        return entry.row;
      }
      recording.move({ edge: 'lookup', tookMs: stepMs, kind: 'normal' });
      const row = await database.read(id);
      recording.move({ edge: 'load', tookMs: stepMs, kind: 'normal', back: true });
      cache.set(id, { row, until: clock.now() + ttlMs });
      recording.move({ edge: 'lookup', tookMs: stepMs, kind: 'normal' });
      return row;
    },
    async write(id) {
      await database.write(id);
      cache.delete(id);
    },
    fenced: () => 0,
  };
}

/** Rows with versions behind a pool of connections. A read takes its snapshot when it has a connection, as MVCC does. */
class Database {
  reads = 0;
  onRead: (tookMs: number) => void = () => {};
  readonly #clock: VirtualClock;
  readonly #loadMs: number;
  readonly #versions = Array.from({ length: rows }, () => 0);
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(clock: VirtualClock, connections: number, loadMs: number) {
    this.#clock = clock;
    this.#free = connections;
    this.#loadMs = loadMs;
  }

  async read(id: number): Promise<Row> {
    this.reads++;
    this.onRead(this.#loadMs);
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const row = { id, version: this.#versions[id] ?? 0 };
    await pause(this.#clock, this.#loadMs);
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
    return row;
  }

  /** Has connections of its own, so that both versions of the code commit at the same times. */
  async write(id: number): Promise<void> {
    await pause(this.#clock, writeMs);
    this.#versions[id] = (this.#versions[id] ?? 0) + 1;
  }
}
