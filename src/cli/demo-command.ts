import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DemoError, defaultSeed, type DemoRun, runDemo } from '../demo/run.ts';
import type { Demo, Figure } from '../demo/types.ts';
import { unknownPattern } from '../plan/resolve.ts';
import { type Io, printJson } from './io.ts';
import { UsageError } from './errors.ts';
import { readCatalog } from './own-templates.ts';
import type { Arguments } from './usage.ts';

export interface DemoInstallation {
  readonly templatesDir: string;
  readonly demosDir: string;
  /** Of an absolute URL. */
  importModule(url: string): Promise<unknown>;
}

/** `demo`: the same module that the pattern's page runs. @returns the exit code */
export async function demoCommand(
  installation: DemoInstallation,
  args: Arguments,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const id = args.words[0] ?? '';
  const demo = await loadDemo(installation, args);
  const run = await runChecked(demo, args, signal);
  if (args.json) printJson(io, { id, ...run });
  else io.out.write(figuresText(demo, run));
  return 0;
}

async function loadDemo(
  { templatesDir, demosDir, importModule }: DemoInstallation,
  args: Arguments,
): Promise<Demo> {
  const id = args.words[0] ?? '';
  const catalog = await readCatalog(templatesDir, args);
  const pattern = catalog.patterns.get(id);
  if (!pattern) throw unknownPattern(catalog, id);
  if (pattern.own !== undefined) {
    throw new UsageError(
      `There is no demo of "${id}": it is one of the project's own templates, in ${pattern.own}.`,
      'Give --no-own-templates for the demo of the pattern that came with Patternsmith, where there is one.',
    );
  }
  const path = join(demosDir, `${id}.mjs`);
  const isBuilt = await access(path).then(
    () => true,
    () => false,
  );
  if (!isBuilt) {
    throw new UsageError(
      `There is no demo of "${id}".`,
      'Take a pattern that has one; in a checkout, build them first: npm run build.',
    );
  }
  const module = (await importModule(pathToFileURL(path).href)) as { readonly default: Demo };
  return module.default;
}

async function runChecked(demo: Demo, args: Arguments, signal: AbortSignal): Promise<DemoRun> {
  try {
    return await runDemo(demo, { knobs: numbers(args.set), seed: seedOf(args.seed), signal });
  } catch (error) {
    if (!(error instanceof DemoError) || error.code === 'BAD_RESULT') throw error;
    const knobs = demo.knobs.map(({ id, min, max, step, unit }) => {
      return `${id} ${min} … ${max}${unit ? ` ${unit}` : ''}, step ${step}`;
    });
    throw new UsageError(`${error.message}.`, 'Give a value within the range of the knob.', knobs);
  }
}

function numbers(set: Arguments['set']): Record<string, number> {
  return Object.fromEntries(
    Object.entries(set).map(([id, text]) => [id, numberOf(`--set ${id}`, text)]),
  );
}

function seedOf(text: string | undefined): number {
  return text === undefined ? defaultSeed : numberOf('--seed', text);
}

function numberOf(what: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new UsageError(
    `${what} must be a number, not "${text}".`,
    'Write it in digits, for example 250.',
  );
}

function figuresText(demo: Demo, run: DemoRun): string {
  const rows = demo.figures.map((figure) => [
    figure.label,
    valueOf(figure, run.with.figures),
    valueOf(figure, run.without.figures),
  ]);
  const table = [['', 'with the pattern', 'without'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  const text = table.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[at]!)))
      .join('  '),
  );
  return `${text.join('\n')}\n`;
}

function valueOf({ id, unit }: Figure, figures: Readonly<Record<string, number>>): string {
  const value = figures[id];
  if (value === undefined) return '-';
  const text = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 }).format(value);
  return unit === '' ? text : `${text} ${unit}`;
}
