/** Sources that people wrote: what installed packages ship, this project, its fixtures and starters, and the inputs of the golden cases. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceText } from '../../src/wire/types.ts';
import { SEED } from './soak.ts';

const ROOT = join(import.meta.dirname, '../..');
const TYPESCRIPT = /(?<!\.d)\.[cm]?tsx?$/;
const SCRIPT = /(?<!\.min)\.(?:[cm]?js|jsx)$/;
/** In characters. What is longer is a bundle. */
const LONGEST = 150_000;

/** Packages whose JavaScript is read as well: servers, their plugins with tests, clients and queues. */
const SCRIPTS = [
  'express',
  'express4',
  'koa',
  'fastify',
  '@fastify/http-proxy',
  '@fastify/reply-from',
  'light-my-request',
  'avvio',
  'find-my-way',
  'http-proxy-middleware',
  'mocha',
  'rabbitmq-client',
  'bentocache',
  'async-cache-dedupe',
];

/** Every package of the lock file that is installed everywhere, so that the set is the same on every machine. */
function packages(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { optional?: boolean; link?: boolean }>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { optional, link }]) => /^node_modules\/[^]*$/.test(path) && !optional && !link)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf('node_modules/') === 0);
}

function filesIn(folder: string, wanted: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(path, wanted);
      return wanted.test(entry.name) ? [path] : [];
    });
}

const read = (path: string): SourceText => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

const all = (folders: readonly string[], wanted: RegExp): readonly SourceText[] =>
  folders
    .flatMap((folder) => filesIn(folder, wanted))
    .map(read)
    .filter(({ text }) => text.length <= LONGEST);

/** The same order on every machine and in every run. */
function shuffled<T>(values: readonly T[]): readonly T[] {
  let state = SEED;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31);
  return values
    .map((value) => ({ value, key: next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

export interface Sources {
  readonly name: string;
  /** Shuffled, so that the first ones are of every kind. */
  readonly files: readonly SourceText[];
}

export const packageTypeScript = (): Sources => ({
  name: "packages' TypeScript",
  files: shuffled(all(packages(), TYPESCRIPT)),
});

export const packageScripts = (): Sources => ({
  name: "packages' JavaScript",
  files: shuffled(
    all(
      SCRIPTS.map((name) => `node_modules/${name}`),
      SCRIPT,
    ),
  ),
});

export const ownSources = (): Sources => ({
  name: 'this project and its fixtures',
  files: shuffled(
    all(
      ['src', 'test/fixtures', 'test/starters', 'examples', 'scripts'],
      /(?<!\.d)\.(?:[cm]?tsx?|[cm]?js|jsx)$/,
    ),
  ),
});

export const goldenInputs = (): Sources => ({
  name: 'golden inputs',
  files: shuffled(all(['test/golden/wire'], /^input\.[cm]?[jt]sx?$/)),
});
