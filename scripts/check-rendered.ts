/**
 * Proves the templates in the projects of others: renders everything for each module system, way to import and test runner, compiles it under strict settings with three generations of
 * TypeScript, runs the generated tests, and holds the text to Prettier. Errors name the template and its line.
 *
 *   npm run check:rendered              everything
 *   npm run check:rendered -- --quick   TypeScript 6, ESM, node:test
 *   npm run check:rendered -- --only javascript
 *                                       the variants whose id starts so, of check-matrix.ts
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { format, type Options } from 'prettier';
import { loadCatalog } from '../src/catalog/load.ts';
import type { Catalog } from '../src/catalog/types.ts';
import type { Style } from '../src/project/types.ts';
import { TOOLS, VARIANTS, type TypeScript, type Variant } from './lib/check-matrix.ts';
import { renderCatalog, type Rendered } from './lib/rendering.ts';
import { templateLine } from './lib/template-lines.ts';
import { run, toolbox } from './lib/toolbox.ts';

const root = join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});
const started = performance.now();
let failed = 0;

const catalog = await loadCatalog(join(root, 'templates'));
const tools = await toolbox('check-rendered', { ...TOOLS, ...adapterDependencies(catalog) });
const runs = join(tools, 'runs', String(process.pid));
// Where the real engines are is none of this check's business: their suites run in the project's own tests.
const env: NodeJS.ProcessEnv = { ...process.env, CI: '1', NO_COLOR: '1', FORCE_COLOR: '0' };
for (const engine of catalog.engines.values()) if (engine.env) delete env[engine.env.name];

const variants = flags.quick
  ? VARIANTS.slice(0, 1).map((variant) => ({ ...variant, typescript: ['6'] as const }))
  : VARIANTS.filter(({ id }) => id.startsWith(flags.only));
if (variants.length === 0) throw new Error(`no variant's id starts with ${flags.only}`);
try {
  for (const variant of variants) await checkVariant(variant);
  if (!flags.quick && flags.only === '') await step('another style: Prettier', checkOtherStyle);
} finally {
  await rm(runs, { recursive: true, force: true });
}
console.log(
  `${failed === 0 ? 'passed' : `${failed} steps failed`} in ${seconds(started)}; suites of engines that need a server were skipped here`,
);
process.exitCode = failed === 0 ? 0 : 1;

async function checkVariant(variant: Variant): Promise<void> {
  const { files, errors } = await renderCatalog(catalog, variant.target);
  const workspace = join(runs, variant.id);
  await Promise.all(files.map(({ path, text }) => write(join(workspace, path), text)));
  await write(join(workspace, 'package.json'), JSON.stringify({ type: variant.type }));
  const config = { compilerOptions: variant.compilerOptions, include: ['**/*.ts', '**/*.js'] };
  await write(join(workspace, 'tsconfig.json'), JSON.stringify(config));

  await step(`${variant.id}: render`, async () => errors.map(({ message }) => message));
  await step(`${variant.id}: Prettier`, () => checkFormat(files, { singleQuote: true }));
  for (const version of variant.typescript) {
    await step(`${variant.id}: TypeScript ${version}`, () =>
      compile(variant, version, workspace, files),
    );
  }
  const on = variant.node ? ', Node 20' : '';
  await step(`${variant.id}: tests under ${variant.target.testRunner}${on}`, () =>
    test(variant, workspace, files),
  );
}

/** Runs one step and prints what it found; nothing found is a pass. */
async function step(name: string, check: () => Promise<readonly string[]>): Promise<void> {
  const start = performance.now();
  const problems = await check();
  if (problems.length > 0) failed++;
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(start)})`);
  for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`);
}

/** Text in a style that differs in everything from that of the templates. */
async function checkOtherStyle(): Promise<string[]> {
  const style: Style = {
    quotes: 'double',
    semicolons: false,
    indent: '\t',
    eol: '\n',
    trailingCommas: 'none',
    printWidth: 120,
    bracketSpacing: false,
    arrowParens: 'avoid',
  };
  const { files } = await renderCatalog(catalog, { ...VARIANTS[0]!.target, style });
  const { printWidth, bracketSpacing, arrowParens } = style;
  return checkFormat(files, {
    semi: false,
    useTabs: true,
    trailingComma: 'none',
    printWidth,
    bracketSpacing,
    arrowParens,
  });
}

async function compile(
  variant: Variant,
  version: TypeScript,
  workspace: string,
  files: readonly Rendered[],
): Promise<string[]> {
  const tsc = join(tools, 'node_modules', `typescript-${version}`, 'bin/tsc');
  const args = [tsc, '-p', '.', '--pretty', 'false'];
  if (version !== variant.emit && variant.emit) args.push('--noEmit');
  const { code, output } = await run(process.execPath, args, { cwd: workspace, env });
  if (code === 0) return [];
  return output
    .trim()
    .split(/\n(?=\S)/)
    .filter((error) => variant.counts?.test(error) ?? true)
    .map((error) =>
      error.replace(/^(.+?)\((\d+),(\d+)\): /, (_, path: string, line: string, column: string) => {
        const file = files.find((rendered) => rendered.path === path);
        return file ? `${location(file, Number(line))}:${column} (${path}) ` : `${path}:${line} `;
      }),
    );
}

async function test(
  variant: Variant,
  workspace: string,
  files: readonly Rendered[],
): Promise<string[]> {
  const { testSuffix } = variant.target;
  const tests = files.map(({ path }) => path).filter((path) => path.endsWith(testSuffix));
  const args = variant.test(tools, workspace, tests);
  const node = variant.node?.(tools) ?? process.execPath;
  const { code, output } = await run(node, args, { cwd: workspace, env });
  if (code === 0) return [];
  const text = output.replaceAll('file://', '').replaceAll(`${workspace}/`, '');
  const failure = variant.target.testRunner === 'node:test' ? failuresOfTap(text) : text;
  const mapped = failure.replace(
    /([\w./-]+\.[jt]s):(\d+)/g,
    (whole, path: string, line: string) => {
      const file = files.find((rendered) => rendered.path === path);
      return file ? location(file, Number(line)) : whole;
    },
  );
  return [mapped.trim()];
}

/** Failing test points with their details; a run prints thousands of passing ones. */
function failuresOfTap(text: string): string {
  const points = text.match(/^ *not ok .*\n(?: *---\n[\s\S]*?\n *\.\.\.)?/gm);
  return points?.join('\n') ?? text;
}

async function checkFormat(files: readonly Rendered[], style: Options): Promise<string[]> {
  const problems = files.map(async (file) => {
    if (!/\.[jt]s$/.test(file.path)) return [];
    const formatted = await format(file.text, { ...style, filepath: file.path });
    if (formatted === file.text) return [];
    const [given, wanted] = [file.text.split('\n'), formatted.split('\n')];
    const at = given.findIndex((line, index) => line !== wanted[index]);
    const lines = `given  ${given[at]}\nwanted ${wanted[at]}`;
    return [`${location(file, at + 1)} is not as Prettier writes it:\n${lines}`];
  });
  return (await Promise.all(problems)).flat();
}

/** `templates/…:line` for a line of a rendered file. */
function location(file: Rendered, line: number): string {
  return `${relative(root, file.template)}:${templateLine(file.source, file.text, line)}`;
}

/** The newest range of each package that an adapter needs. */
function adapterDependencies({ adapters }: Catalog): Record<string, string> {
  return Object.fromEntries(
    [...adapters.values()].flatMap(({ dependencies }) =>
      Object.entries(dependencies).map(([name, ranges]) => [name, ranges[0]!.range]),
    ),
  );
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
