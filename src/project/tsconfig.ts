import { posix } from 'node:path';
import picomatch from 'picomatch';
import { ProjectError } from './errors.ts';
import { asObject, asString, asStrings, isObject, type JsonObject } from './json.ts';
import { join, leavesRoot, parentDir, upwards, type Reader } from './reader.ts';

/** A tsconfig after `extends`. Paths are relative to the root. */
export interface Tsconfig {
  /** Empty where a JavaScript project has none. */
  readonly path: string;
  readonly dir: string;
  /** `compilerOptions`, lower-case where TypeScript ignores case (`module`, `moduleResolution`, `target`, `jsx`). */
  readonly options: JsonObject;
  /** Folder that the targets of `paths` are relative to. */
  readonly pathsBase: string;
  /** Undefined: no file list, so `include` counts. */
  readonly files: readonly string[] | undefined;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly references: readonly string[];
  /** Packages in `extends` that are not installed, so that their options are unknown. */
  readonly missing: readonly string[];
}

/** What one file of an `extends` chain says, its paths already relative to the root. */
interface Layer {
  readonly options: JsonObject;
  readonly pathsBase: string | undefined;
  readonly baseUrl: string | undefined;
  readonly files: readonly string[] | undefined;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly missing: readonly string[];
}

const MAX_EXTENDS = 16;
const CASELESS = ['module', 'moduleResolution', 'target', 'jsx', 'moduleDetection'];
/** Options that name a path, which counts from the file that says it. */
const PATH_OPTIONS = ['outDir', 'rootDir', 'baseUrl', 'declarationDir'];

/** The tsconfig that governs the files in `sourceDir`: the nearest one that includes them, else a project it references. */
export async function governingTsconfig(reader: Reader, sourceDir: string): Promise<Tsconfig> {
  const sample = join(sourceDir, 'index.ts');
  let nearest: Tsconfig | undefined;
  for (const dir of upwards(sourceDir)) {
    for (const name of ['tsconfig.json', 'tsconfig.app.json']) {
      const config = await readTsconfig(reader, join(dir, name));
      const found = config && (await covering(reader, config, sample));
      if (found) return found;
      nearest ??= config;
    }
  }
  if (nearest) {
    reader.note(`${nearest.path} does not include ${sourceDir || '.'}: its options are assumed.`);
    return nearest;
  }
  throw new ProjectError(
    'NO_TSCONFIG',
    `There is no tsconfig.json in ${sourceDir || 'the workspace folder'}${sourceDir ? ' or above it' : ''}.`,
    'There are TypeScript sources: run `npx tsc --init`, or name a file of a TypeScript package as the target.',
  );
}

/** What a JavaScript project says of itself: its tsconfig or jsconfig. Most have neither; then nothing is known but its folder. */
export async function javaScriptConfig(
  reader: Reader,
  dir: string,
  packageDir: string,
): Promise<Tsconfig> {
  for (const at of upwards(dir, packageDir)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const config = await readTsconfig(reader, join(at, name));
      if (config) return config;
    }
  }
  return {
    path: '',
    dir,
    options: {},
    pathsBase: dir,
    files: undefined,
    include: [join(dir, '**/*')],
    exclude: [],
    references: [],
    missing: [],
  };
}

/** The config itself when it includes the file, else the project that it references and that does ("solution style"). */
async function covering(
  reader: Reader,
  config: Tsconfig,
  file: string,
): Promise<Tsconfig | undefined> {
  if (includes(config, file)) return config;
  for (const path of config.references) {
    const referenced = await readTsconfig(reader, path);
    if (referenced && includes(referenced, file)) return referenced;
  }
  return undefined;
}

export async function readTsconfig(reader: Reader, path: string): Promise<Tsconfig | undefined> {
  const dir = parentDir(path) ?? '';
  const json = await reader.json(path);
  if (!json) return undefined;
  const layer = await readLayer(reader, path, json, dir, 0);
  return {
    path,
    dir,
    options: layer.options,
    pathsBase: layer.baseUrl ?? layer.pathsBase ?? dir,
    files: layer.files,
    include: layer.include ?? (layer.files ? [] : [join(dir, '**/*')]),
    exclude: layer.exclude ?? [join(dir, 'node_modules'), ...outDirs(layer.options, dir)],
    references: references(json, dir),
    missing: layer.missing,
  };
}

/** Emitted code is not source, unless it is emitted beside it. */
function outDirs(options: JsonObject, dir: string): readonly string[] {
  return asStrings(options['outDir']).filter((outDir) => outDir !== dir);
}

async function readLayer(
  reader: Reader,
  path: string,
  json: JsonObject,
  configDir: string,
  depth: number,
): Promise<Layer> {
  const dir = parentDir(path) ?? '';
  const absolute = (value: string) => join(fill(value, dir, configDir));
  const list = (key: string) => (key in json ? asStrings(json[key]).map(absolute) : undefined);
  const own = ownOptions(asObject(json['compilerOptions']), absolute);
  let base: Layer | undefined;
  for (const extended of depth < MAX_EXTENDS ? asStrings(json['extends']) : []) {
    base = merge(base, await extend(reader, extended, dir, configDir, depth));
  }
  return merge(base, {
    options: own,
    pathsBase: own['paths'] === undefined ? undefined : dir,
    baseUrl: asString(own['baseUrl']),
    files: list('files'),
    include: list('include'),
    exclude: list('exclude'),
    missing: [],
  });
}

/** `${configDir}` stands for the folder of the file that was asked for, wherever in the chain it is written. */
function fill(value: string, dir: string, configDir: string): string {
  const marker = '${configDir}';
  return value.startsWith(marker)
    ? posix.join(configDir, value.slice(marker.length))
    : posix.join(dir, value);
}

function ownOptions(options: JsonObject, absolute: (value: string) => string): JsonObject {
  const result: Record<string, unknown> = { ...options };
  for (const key of CASELESS) {
    const value = result[key];
    if (typeof value === 'string') result[key] = value.toLowerCase();
  }
  for (const key of PATH_OPTIONS) {
    const value = result[key];
    if (typeof value === 'string') result[key] = absolute(value);
  }
  return result;
}

function merge(base: Layer | undefined, over: Layer): Layer {
  if (!base) return over;
  return {
    options: { ...base.options, ...over.options },
    pathsBase: over.pathsBase ?? base.pathsBase,
    baseUrl: over.baseUrl ?? base.baseUrl,
    files: over.files ?? base.files,
    include: over.include ?? base.include,
    exclude: over.exclude ?? base.exclude,
    missing: [...base.missing, ...over.missing],
  };
}

async function extend(
  reader: Reader,
  name: string,
  dir: string,
  configDir: string,
  depth: number,
): Promise<Layer> {
  for await (const path of extendedPaths(reader, name, dir)) {
    const json = await reader.json(path);
    if (json) return readLayer(reader, path, json, configDir, depth + 1);
  }
  const why = leavesRoot(join(dir, name)) ? 'is outside the workspace' : 'was not found';
  reader.note(`The tsconfig extends ${name}, which ${why}: its options are not known.`);
  return {
    options: {},
    pathsBase: undefined,
    baseUrl: undefined,
    files: undefined,
    include: undefined,
    exclude: undefined,
    missing: [name],
  };
}

/** Where TypeScript looks for what `extends` names: a file, or a package in the node_modules above. */
async function* extendedPaths(reader: Reader, name: string, dir: string): AsyncGenerator<string> {
  if (name.startsWith('.')) {
    const path = join(dir, name);
    yield* [path, `${path}.json`, join(path, 'tsconfig.json')];
    return;
  }
  for (const at of upwards(dir)) {
    const path = join(at, 'node_modules', name);
    const json = await reader.optionalJson(join(path, 'package.json'));
    const named = asString(json?.['tsconfig']);
    const exported = isObject(json?.['exports']) ? asString(json['exports']['.']) : undefined;
    for (const entry of [named, exported]) if (entry) yield join(path, entry);
    if (name.endsWith('.json')) yield path;
    else yield* [join(path, 'tsconfig.json'), `${path}.json`];
  }
}

function references(json: JsonObject, dir: string): readonly string[] {
  if (!Array.isArray(json['references'])) return [];
  return json['references'].flatMap((reference) => {
    const path = asString(asObject(reference)['path']);
    if (path === undefined) return [];
    const full = join(dir, path);
    return [full.endsWith('.json') ? full : join(full, 'tsconfig.json')];
  });
}

/** Whether the config's `files`, `include` and `exclude` take the file in; it need not exist. */
export function includes(config: Tsconfig, file: string): boolean {
  if (config.files?.includes(file)) return true;
  return matchesAny(config.include, file) && !matchesAny(config.exclude, file);
}

/** TypeScript's globs: a pattern without wildcard in its last part names a folder as well. */
function matchesAny(patterns: readonly string[], file: string): boolean {
  return patterns.some((pattern) => {
    if (pattern === '') return true;
    const wild = /[*?]/.test(posix.basename(pattern));
    return picomatch.isMatch(file, wild ? pattern : [pattern, `${pattern}/**/*`]);
  });
}

// Folder of a pattern before its first wildcard: `src` of `src/**/*.ts` and of `src/main.ts`.
export function patternDir(pattern: string): string {
  const parts = pattern.split('/');
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  const fixed = wild === -1 ? parts : parts.slice(0, wild);
  if (wild === -1 && /\.[cm]?[jt]sx?$/.test(pattern)) fixed.pop();
  return fixed.join('/');
}
