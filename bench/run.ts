/**
 * `npm run bench [-- id…] [--json]`: each bench beside its peers in one run, ratios first.
 * Absolute figures are of this machine and this moment; compare ratios.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Row } from './types.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});

const benches: Bench[] = [];
for (const file of (await readdir(import.meta.dirname)).sort()) {
  if (!file.endsWith('.ts') || ['run.ts', 'types.ts'].includes(file)) continue;
  const { bench } = (await import(join(import.meta.dirname, file))) as { bench?: Bench };
  if (bench !== undefined) benches.push(bench);
}
const unknown = positionals.filter((id) => !benches.some((bench) => bench.id === id));
if (unknown.length > 0) {
  console.error(
    `No bench is named ${unknown.join(', ')}. There are: ${benches.map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}

const results: { id: string; title: string; rows: readonly Row[] }[] = [];
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.id)) continue;
  console.error(`${bench.id}: ${bench.title}`);
  const rows = await bench.run();
  results.push({ id: bench.id, title: bench.title, rows });
  if (!values.json) print(rows);
}
if (values.json) console.log(JSON.stringify(results, null, 2));

function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, value, unit, ratio } of rows) {
    const relative = ratio === undefined ? '' : `${ratio.toFixed(2)} ×`;
    console.log(
      `  ${name.padEnd(width)}  ${relative.padStart(9)}  ${format(value).padStart(12)} ${unit}`,
    );
  }
}

function format(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
}
