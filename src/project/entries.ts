import { emittedToSource, sourceNames } from './emitted.ts';
import { asString } from './json.ts';
import type { Package } from './package.ts';
import { isWithin, join, leavesRoot, parentDir, type Reader } from './reader.ts';
import { codeTokens, moduleSpecifiers, type CodeToken } from './tokens.ts';
import type { Tsconfig } from './tsconfig.ts';
import type { ProjectProfile } from './types.ts';

type Language = ProjectProfile['language'];

export interface Entry {
  readonly path: string;
  readonly tokens: readonly CodeToken[];
}

const START_SCRIPTS = ['start', 'dev', 'start:dev', 'dev:start', 'serve', 'start:prod'];
const USUAL_NAMES = ['main', 'index', 'server', 'app', 'bin/www', 'bin/server', 'start'];
/** Files looked into before the search is given up. */
const MAX_READ = 16;

/**
 * Files that start the application, best first: what package.json and its scripts name, then the usual names, then
 * what those import. A file that starts (`listen`, `serve`, `NestFactory.create`) comes before one that only makes
 * the application (`express()`) for another to start.
 */
export async function entriesOf(
  reader: Reader,
  found: Package,
  config: Tsconfig,
  sourceDir: string,
  language: Language,
): Promise<readonly Entry[]> {
  const named = scriptFiles(found).flatMap((path) => {
    const source = emittedToSource(config, sourceDir, join(found.dir, path));
    // What is run as it is written may well stand in a folder that others emit to.
    return language === 'javascript' ? [join(found.dir, path), source] : [source];
  });
  const folders = [...new Set([sourceDir, found.dir])];
  const usual = folders.flatMap((dir) => USUAL_NAMES.map((name) => join(dir, name)));
  const queue = [...named, ...usual];
  const seen = new Map<string, Entry>();
  for (let at = 0; at < queue.length && seen.size < MAX_READ; at++) {
    const path = queue[at];
    const file =
      path === undefined ? undefined : await firstSource(reader, path, found.dir, language);
    const text = file === undefined || seen.has(file) ? undefined : await reader.read(file);
    if (file === undefined || text === undefined) continue;
    const entry = { path: file, tokens: codeTokens(text) };
    seen.set(file, entry);
    queue.push(...importedFiles(entry));
  }
  const runByFramework = frameworkRuns(found, config, sourceDir);
  const starts = [...seen.values()].filter(
    (entry) =>
      startsServer(entry.tokens) ||
      sourceNames(runByFramework ?? '', language).includes(entry.path),
  );
  const makes = [...seen.values()].filter(
    (entry) => !starts.includes(entry) && makesApplication(entry.tokens),
  );
  return [...starts, ...makes];
}

/** Paths that `main` and the start scripts mention. */
function scriptFiles(found: Package): readonly string[] {
  const scripts = START_SCRIPTS.map((name) => found.scripts[name] ?? '').join(' ');
  const words = scripts.split(/[\s"';&|]+/);
  const paths = words.filter(
    (word) => /\.[cm]?[jt]s$/.test(word) || /^\.?\.?\/?[\w-]+\/[\w./-]+$/.test(word),
  );
  const main = asString(found.json['main']);
  return [...paths, ...(main === undefined ? [] : [main])].filter((path) => !path.startsWith('-'));
}

/** `fastify start dist/app.js`: the framework's own command listens on the plugin's behalf. */
function frameworkRuns(found: Package, config: Tsconfig, sourceDir: string): string | undefined {
  for (const script of Object.values(found.scripts)) {
    const path = script.match(/\bfastify start\b.*?([\w./-]+\.[cm]?[jt]s)(?=\s|"|$)/)?.[1];
    if (path !== undefined) return emittedToSource(config, sourceDir, join(found.dir, path));
  }
  return undefined;
}

async function firstSource(
  reader: Reader,
  path: string,
  packageDir: string,
  language: Language,
): Promise<string | undefined> {
  for (const name of sourceNames(path, language)) {
    if (leavesRoot(name) || !isWithin(name, packageDir)) continue;
    const names = await reader.list(parentDir(name) ?? '');
    if (names.includes(name.slice(name.lastIndexOf('/') + 1))) return name;
  }
  return undefined;
}

function importedFiles(entry: Entry): readonly string[] {
  const dir = parentDir(entry.path) ?? '';
  return moduleSpecifiers(entry.tokens)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => join(dir, specifier))
    .sort((a, b) => Number(isUsual(b)) - Number(isUsual(a)));
}

/** A file that imports a hundred others is followed to its `app` or `server` first. */
function isUsual(path: string): boolean {
  return /(^|\/)(app|server|main|index)(\.[cm]?[jt]s)?$/.test(path);
}

const STARTERS = new Set(['listen', 'serve']);
const FACTORIES = new Set([
  'express',
  'fastify',
  'Fastify',
  'Koa',
  'Hono',
  'createServer',
  'OpenAPIHono',
]);

function startsServer(tokens: readonly CodeToken[]): boolean {
  return tokens.some(({ text }, index) => {
    if (tokens[index + 1]?.text !== '(' || tokens[index - 1]?.text === 'function') return false;
    const owner = tokens[index - 1]?.text === '.' ? tokens[index - 2]?.text : undefined;
    if (text === 'create' || text === 'createMicroservice') return owner === 'NestFactory';
    // `serve` is a function of its own or of the run-time: `app.serve()` could be anything.
    return text === 'serve'
      ? owner === undefined || /^(Bun|Deno)$/.test(owner)
      : STARTERS.has(text) && owner !== undefined;
  });
}

function makesApplication(tokens: readonly CodeToken[]): boolean {
  return tokens.some(
    ({ text }, index) =>
      FACTORIES.has(text) &&
      /^[(<]$/.test(tokens[index + 1]?.text ?? '') &&
      tokens[index - 1]?.text !== 'function',
  );
}
