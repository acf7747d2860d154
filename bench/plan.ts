/** Planning in the engine's bundle, warm: against the size of the project, and with every pattern installed. */
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as EngineBundle from '../src/engine.ts';
import { sizes, target, writeProject } from './project.ts';
import type { Bench, Row } from './types.ts';

const root = join(import.meta.dirname, '..');
const rounds = 15;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Milliseconds of each task, the median of rounds in which they take turns; the first round warms up. */
async function inTurns(tasks: ReadonlyMap<string, () => Promise<unknown>>) {
  const times = new Map<string, number[]>([...tasks.keys()].map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, task] of tasks) {
      const started = performance.now();
      await task();
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

function toRows(times: ReadonlyMap<string, number>): Row[] {
  const [first = Number.NaN] = times.values();
  return [...times].map(([name, value]) => ({ name, value, unit: 'ms', ratio: value / first }));
}

async function run(): Promise<Row[]> {
  const bundle = createRequire(import.meta.url)(join(root, 'dist/engine.cjs'));
  const { createEngine, diskFiles, applyToDisk } = bundle as typeof EngineBundle;
  const engine = createEngine({ templatesDir: join(root, 'templates') });
  const made: string[] = [];
  const project = async (files: number): Promise<string> => {
    const dir = await writeProject(files);
    made.push(dir);
    return dir;
  };

  /** Every pattern, each with one instance on its first engine. */
  async function installAll(dir: string): Promise<number> {
    const { patterns } = await engine.catalog();
    const all = [...patterns.values()].filter(({ scaffold }) => scaffold !== undefined);
    for (const { id } of all) {
      const request = { pattern: id, name: `all-${id}`, out: 'src/patterns' };
      await applyToDisk(dir, await engine.plan(request, diskFiles(dir)));
    }
    const found = await engine.status(diskFiles(dir), '');
    if (found.length !== all.length) throw new Error(`${found.length} of ${all.length} are there`);
    return all.length;
  }

  try {
    const bySize = new Map<string, () => Promise<unknown>>();
    for (const size of sizes) {
      const files = diskFiles(await project(size));
      const request = { pattern: 'cache-aside', name: 'user', target };
      bySize.set(`plan, ${size} files`, () => engine.plan(request, files));
    }
    const one = await project(10);
    const request = { pattern: 'cache-aside', name: 'user', target };
    await applyToDisk(one, await engine.plan(request, diskFiles(one)));
    const all = await project(10);
    const count = await installAll(all);
    const receipt = JSON.parse(await readFile(join(all, '.patternsmith/receipt.json'), 'utf8')) as {
      readonly files: object;
    };
    const owned = Object.keys(receipt.files).length;
    const what = `${count} patterns, ${owned} files`;
    const status = new Map([
      ['status, 1 pattern', () => engine.status(diskFiles(one), '')],
      [`status, ${what}`, () => engine.status(diskFiles(all), '')],
    ]);
    const update = new Map([
      ['update, 1 pattern, nothing new', () => engine.update(diskFiles(one), '', {})],
      [`update, ${what}, nothing new`, () => engine.update(diskFiles(all), '', {})],
    ]);
    const rows: Row[] = [];
    for (const tasks of [bySize, status, update]) rows.push(...toRows(await inTurns(tasks)));
    return rows;
  } finally {
    for (const dir of made) await rm(dir, { recursive: true, force: true });
  }
}

export const bench: Bench = {
  id: 'plan',
  title: 'Plans in the engine, warm, median; ratio to the first row of each kind (1 is flat)',
  run,
};
