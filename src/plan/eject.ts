import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { OWN_TEMPLATES } from '../catalog/own.ts';
import type { Catalog, FileSpec } from '../catalog/types.ts';
import type { ProjectFiles, ProjectProfile } from '../project/types.ts';
import { PlanError } from './errors.ts';
import { obstacles, printable } from './paths.ts';
import { hashOf } from './receipt.ts';
import { closest } from './resolve.ts';
import type { PlannedFile } from './types.ts';

/** A unit as it came with the product, copied among the project's own templates. Computing it has written nothing. */
export interface EjectPlan {
  /** `patterns/cache-aside`, `kernel/clock`, `engines/redis/cache-store`. */
  readonly unit: string;
  /** Where it goes; workspace path. */
  readonly folder: string;
  readonly files: readonly PlannedFile[];
  readonly profile: Pick<ProjectProfile, 'packageDir'>;
}

interface Source {
  readonly unit: string;
  /** Absolute. */
  readonly folder: string;
  readonly manifest: string;
  readonly files: readonly FileSpec[];
}

/**
 * Copies a unit into `.patternsmith/templates/` of a folder, where it takes the place of the one it was copied from. What is there with the
 * same content stays. A demo is not copied: it is bundled when the product is built, and no code of a project is ever run by it.
 * @param catalog what came with the product
 * @param id a pattern's id, or `patterns/ID`, `kernel/ID`, `engines/ENGINE/PORT`
 * @param dir the package, or the workspace root above it; workspace path
 * @throws PlanError `UNKNOWN_PATTERN`, `CONFLICT`
 */
export async function planEject(
  catalog: Catalog,
  files: ProjectFiles,
  dir: string,
  id: string,
): Promise<EjectPlan> {
  const source = sourceOf(catalog, id);
  const home = source.unit.split('/').slice(0, 2).join('/');
  const folder = posix.join(dir, OWN_TEMPLATES, home);
  const names = [source.manifest, 'page.md', ...source.files.map(({ template }) => template)];
  const planned = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const text = await readFile(join(source.folder, name), 'utf8').catch(absent);
      return text === undefined
        ? []
        : [await put(files, posix.join(folder, name), copy(name, text))];
    }),
  );
  const all = planned.flat();
  await refuseOther(source.unit, all, files);
  return {
    unit: source.unit,
    folder,
    files: all.map(({ file }) => file),
    profile: { packageDir: dir },
  };
}

function sourceOf(catalog: Catalog, id: string): Source {
  const [kind = '', first = '', second, ...rest] = id.includes('/')
    ? id.split('/')
    : ['patterns', id];
  const isShort = second === undefined && rest.length === 0;
  const pattern = kind === 'patterns' && isShort ? catalog.patterns.get(first) : undefined;
  if (pattern) {
    const files = pattern.scaffold?.files ?? [];
    return { unit: `patterns/${first}`, folder: pattern.folder, manifest: 'pattern.json', files };
  }
  const module = kind === 'kernel' && isShort ? catalog.kernel.get(first) : undefined;
  if (module) return { unit: `kernel/${first}`, ...module, manifest: 'module.json' };
  const adapter =
    kind === 'engines' && rest.length === 0
      ? catalog.adapters.get(`${first}/${second}`)
      : undefined;
  if (adapter)
    return { unit: `engines/${first}/${second}`, ...adapter, manifest: `${second}.json` };
  throw new PlanError(
    'UNKNOWN_PATTERN',
    `There is no "${printable(id)}" among the templates that come with Patternsmith. Nothing was written.`,
    'Name a pattern by its id, a kernel module as kernel/ID, an adapter as engines/ENGINE/PORT.',
    closest(id, [
      ...catalog.patterns.keys(),
      ...[...catalog.kernel.keys()].map((key) => `kernel/${key}`),
      ...[...catalog.adapters.keys()].map((key) => `engines/${key}`),
    ]),
  );
}

/** The way to the schema leads nowhere in a project; editors know it by the file's place. */
function copy(name: string, text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return name.endsWith('.json') ? lines.replace(/^\s*"\$schema":.*\n/m, '') : lines;
}

interface Put {
  readonly file: PlannedFile;
  readonly taken: boolean;
}

async function put(files: ProjectFiles, path: string, text: string): Promise<Put> {
  const there = await files.read(path);
  if (there === undefined) return { file: { action: 'create', path, text }, taken: false };
  return { file: { action: 'same', path, text: there }, taken: hashOf(there) !== hashOf(text) };
}

/** @throws PlanError `CONFLICT` with what is there already and differs */
async function refuseOther(unit: string, all: readonly Put[], files: ProjectFiles): Promise<void> {
  const taken = all.filter((each) => each.taken).map(({ file }) => file.path);
  const creates = all.map(({ file }) => file).filter(({ action }) => action === 'create');
  const blocked = await obstacles(
    creates.map(({ path }) => path),
    files,
  );
  if (taken.length === 0 && blocked.length === 0) return;
  const reasons = [
    ...taken.map((path) => `${path} is there with other content`),
    ...blocked.map(({ path, reason }) => `${path} cannot be created: ${reason}`),
  ];
  throw new PlanError(
    'CONFLICT',
    `${unit} is among the own templates already: ${reasons[0]}${reasons.length > 1 ? ` and ${reasons.length - 1} more` : ''}. Nothing was written.`,
    'What is there is yours; move it away to begin again from what came with Patternsmith.',
    [...taken, ...blocked.map(({ path }) => path)],
  );
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
