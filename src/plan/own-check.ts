/** What schemas and `checkCatalog` cannot tell of a project's own templates: whether they can be rendered, and into which files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import type { Problem } from '../catalog/errors.ts';
import { unreadable } from '../catalog/own.ts';
import type {
  AdapterManifest,
  Catalog,
  FileSpec,
  Located,
  Pattern,
  ScaffoldSpec,
  WiringSpec,
} from '../catalog/types.ts';
import { instanceContext } from './context.ts';
import { instanceNames } from './names.ts';
import { pathProblem } from './paths.ts';
import { templateProblem } from './render-check.ts';
import { isRendered, renderDeep, renderText } from './render.ts';
import { isShared } from './units.ts';

/** Of one unit. */
const MAX_FILES = 100;

/** Entries of a list that a template can loop over. */
const MAX_LIST = 32;

/** Of a rendered file, in characters. */
const MAX_RENDERED = 1024 * 1024;

/** A unit with the place of its manifest, where its generic code goes, and what its instance templates can name. */
interface Checked {
  readonly at: string;
  readonly folder: string;
  readonly files: readonly FileSpec[];
  readonly home: string;
  readonly contexts: readonly object[];
}

/**
 * Checks the units that are the project's own.
 * @param recipes ids of those that there are
 */
export async function checkOwn(
  catalog: Catalog,
  recipes: ReadonlySet<string>,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const units: Checked[] = [];
  const say = (path: string, message: string | undefined): void => {
    if (message !== undefined) problems.push({ path, message });
  };
  for (const module of own(catalog.kernel)) {
    const at = `${module.own}/module.json`;
    say(`${at}: version`, versionProblem(module.version));
    units.push({ ...module, at: `${at}: files`, home: 'kernel/', contexts: [] });
  }
  for (const adapter of own(catalog.adapters)) {
    const at = `${adapter.own}/${adapter.port}.json`;
    say(`${at}: version`, versionProblem(adapter.version));
    say(`${at}: create`, templateProblem(adapter.create, undefined));
    problems.push(...rangeProblems(at, adapter));
    if (problems.length === 0) say(`${at}: create`, createProblem(catalog, adapter));
    units.push({
      ...adapter,
      at: `${at}: files`,
      home: `engines/${adapter.engine}/`,
      contexts: [],
    });
  }
  for (const pattern of own(catalog.patterns)) {
    const at = `${pattern.own}/pattern.json`;
    say(`${at}: version`, versionProblem(pattern.version));
    say(at, await pageProblem(pattern));
    const { scaffold } = pattern;
    if (scaffold === undefined) continue;
    problems.push(...wiringProblems(`${at}: scaffold.wiring`, scaffold, recipes));
    const contexts = problems.length > 0 ? [] : contextsOf(catalog, pattern, scaffold, say);
    problems.push(...entryProblems(`${at}: scaffold`, scaffold, contexts[0]));
    const files = `${at}: scaffold.files`;
    units.push({
      at: files,
      folder: pattern.folder,
      files: scaffold.files,
      home: `${pattern.id}/`,
      contexts,
    });
  }
  const found = await Promise.all(units.map(fileProblems));
  return [...problems, ...found.flat(), ...doubled(catalog)];
}

function own<T extends Located>(units: ReadonlyMap<string, T>): readonly (T & { own: string })[] {
  return [...units.values()].filter((unit): unit is T & { own: string } => unit.own !== undefined);
}

function versionProblem(version: string): string | undefined {
  return semver.valid(version) === null ? 'is no semantic version' : undefined;
}

function rangeProblems(at: string, { dependencies }: AdapterManifest): readonly Problem[] {
  return Object.entries(dependencies).flatMap(([name, ranges]) =>
    ranges
      .filter(({ range }) => semver.validRange(range) === null)
      .map(({ range }) => ({
        path: `${at}: dependencies.${name}`,
        message: `"${range}" is no range of versions`,
      })),
  );
}

function wiringProblems(
  at: string,
  { wiring }: ScaffoldSpec,
  recipes: ReadonlySet<string>,
): readonly Problem[] {
  return wiring.flatMap((spec, index) => {
    const message = recipes.has(spec.recipe)
      ? undefined
      : `there is no "${spec.recipe}", only ${[...recipes].sort().join(', ')}`;
    // Of the others, the title is shown nowhere yet.
    const title = templateProblem(spec.title, spec.on === 'target' ? { symbol: '' } : undefined);
    return [
      ...(message === undefined ? [] : [{ path: `${at}[${index}].recipe`, message }]),
      ...(title === undefined ? [] : [{ path: `${at}[${index}].title`, message: title }]),
      ...paramProblems(`${at}[${index}].params`, spec),
    ];
  });
}

/** Recipes take text and numbers; templates loop over the lists among the facts. */
function paramProblems(at: string, { params }: WiringSpec): readonly Problem[] {
  const { facts = {}, ...rest } = params as { facts?: Record<string, unknown> };
  const problem = (path: string, value: unknown): Problem[] => {
    const texts = Array.isArray(value) ? (value as unknown[]) : [value];
    const isPlain = texts.every((text) => ['string', 'number', 'boolean'].includes(typeof text));
    if (!isPlain)
      return [{ path, message: 'must be text, a number, true, false or a list of them' }];
    if (texts.length > MAX_LIST) return [{ path, message: `has more than ${MAX_LIST} entries` }];
    return texts.flatMap((text) => {
      const message = templateProblem(String(text), undefined);
      return message === undefined ? [] : [{ path, message }];
    });
  };
  return [
    ...Object.entries(rest).flatMap(([key, value]) => problem(`${at}.${key}`, value)),
    ...Object.entries(facts).flatMap(([key, value]) => problem(`${at}.facts.${key}`, value)),
  ];
}

/** One that is wanted only with certain facts of a target may name any of them. */
function entryProblems(
  at: string,
  { env = [], scripts = [] }: ScaffoldSpec,
  context: object | undefined,
): readonly Problem[] {
  const all = [
    ...env.map((each, index) => ({ each, path: `${at}.env[${index}]` })),
    ...scripts.map((each, index) => ({ each, path: `${at}.scripts[${index}]` })),
  ];
  return all.flatMap(({ each: { when, ...texts }, path }) =>
    Object.entries(texts).flatMap(([field, text]) => {
      const message = templateProblem(text, when === undefined ? context : undefined);
      return message === undefined ? [] : [{ path: `${path}.${field}`, message }];
    }),
  );
}

/** What the pattern's templates can name without a target: one context for each engine. */
function contextsOf(
  catalog: Catalog,
  pattern: Pattern,
  scaffold: ScaffoldSpec,
  say: (path: string, message: string) => void,
): readonly object[] {
  try {
    return pattern.engines.map((engine) => contextOf(catalog, scaffold, engine));
  } catch (error) {
    say(`${pattern.own}/pattern.json: scaffold`, (error as Error).message);
    return [];
  }
}

function contextOf(catalog: Catalog, scaffold: ScaffoldSpec, engine: string): object {
  const context = instanceContext({
    names: instanceNames(scaffold.defaultName),
    scaffold,
    engine: catalog.engines.get(engine) ?? { id: engine, title: engine },
    adapters: scaffold.ports.flatMap((port) => catalog.adapters.get(`${engine}/${port}`) ?? []),
    options: Object.fromEntries(scaffold.options.map(({ id, default: value }) => [id, value])),
  });
  for (const { params } of scaffold.wiring) renderDeep(params, context);
  return context;
}

/** An adapter is used by patterns that know nothing of it: what its `create` names must be there in each of them. */
function createProblem(catalog: Catalog, { engine, port }: AdapterManifest): string | undefined {
  for (const { id, own: name, engines, scaffold } of catalog.patterns.values()) {
    if (name !== undefined || !scaffold?.ports.includes(port) || !engines.includes(engine))
      continue;
    try {
      contextOf(catalog, scaffold, engine);
    } catch (error) {
      return `for ${id}: ${(error as Error).message}`;
    }
  }
  return undefined;
}

async function pageProblem({ folder }: Pattern): Promise<string | undefined> {
  const reason = await unreadable(join(folder, 'page.md'), folder);
  return reason === undefined || reason === 'is not there' ? undefined : `page.md ${reason}`;
}

async function fileProblems(unit: Checked): Promise<readonly Problem[]> {
  const { at, files } = unit;
  if (files.length > MAX_FILES) return [{ path: at, message: `has more than ${MAX_FILES} files` }];
  const problems = await Promise.all(
    files.map(async (file, index) => {
      const found =
        placeProblem(file, unit) ?? (await templateFileProblem(file, unit)) ?? undefined;
      return found === undefined ? [] : [{ ...found, path: `${at}[${index}].${found.path}` }];
    }),
  );
  return problems.flat();
}

/** Whether the file goes where files of its kind go. */
function placeProblem(file: FileSpec, { home, contexts }: Checked): Problem | undefined {
  const { path, template, role } = file;
  const bad = pathProblem(template);
  if (bad !== undefined) return { path: 'template', message: bad };
  const isPattern = home !== 'kernel/' && !home.startsWith('engines/');
  if (!isShared(file) && !isPattern) {
    return {
      path: 'role',
      message: `must be source or test, not ${role}: only patterns have instances`,
    };
  }
  if (isShared(file)) {
    const message =
      pathProblem(path) ??
      (path.includes('{{') ? 'is the same for all instances: it takes no Handlebars' : undefined) ??
      (path.startsWith(home) ? undefined : `must begin with "${home}"`);
    return message === undefined ? undefined : { path: 'path', message };
  }
  const unparsed = templateProblem(path, contexts[0]);
  if (unparsed !== undefined) return { path: 'path', message: unparsed };
  for (const context of contexts) {
    const message = pathProblem(renderText(path, context));
    if (message !== undefined) return { path: 'path', message };
  }
  return undefined;
}

async function templateFileProblem(
  file: FileSpec,
  { folder, contexts }: Checked,
): Promise<Problem | undefined> {
  const say = (message: string): Problem => ({
    path: 'template',
    message: `"${file.template}" ${message}`,
  });
  const path = join(folder, file.template);
  const reason = await unreadable(path, folder);
  // What is not there is told by `checkCatalog`.
  if (reason === 'is not there') return undefined;
  if (reason !== undefined) return say(reason);
  if (isShared(file)) return undefined;
  const text = await readFile(path, 'utf8');
  // A file that is rendered only with certain facts of a target may name any of them.
  const known = file.when === undefined ? contexts[0] : undefined;
  const message = templateProblem(text, known);
  if (message !== undefined) return say(message);
  try {
    for (const context of contexts.filter((each) => isRendered(file, each))) {
      if (renderText(text, context).length <= MAX_RENDERED) continue;
      return say(`becomes larger than ${MAX_RENDERED / 1024} KB`);
    }
    return undefined;
  } catch (error) {
    return say((error as Error).message);
  }
}

/** Two units that generate the same file, on any file system. */
function doubled(catalog: Catalog): readonly Problem[] {
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  const units = [
    ...[...catalog.kernel.values()].map((unit) => ({
      ...unit,
      at: `${unit.own}/module.json: files`,
    })),
    ...[...catalog.adapters.values()].map((unit) => ({
      ...unit,
      at: `${unit.own}/${unit.port}.json: files`,
    })),
    ...[...catalog.patterns.values()].map(({ own: name, scaffold }) => ({
      ...(name === undefined ? {} : { own: name }),
      files: scaffold?.files.filter(isShared) ?? [],
      at: `${name}/pattern.json: scaffold.files`,
    })),
  ];
  // Built-in ones first: whoever comes later is in the way.
  for (const { at, files, own: name } of units.sort((a, b) => Number(!!a.own) - Number(!!b.own))) {
    for (const { path } of files) {
      const key = path.toLowerCase();
      const other = seen.get(key);
      if (other !== undefined && name !== undefined) {
        problems.push({ path: at, message: `"${path}" is generated by another unit already` });
      }
      seen.set(key, at);
    }
  }
  return problems;
}
