/**
 * A project's own templates: `.patternsmith/templates/` with the layout of `templates/`. What stands there was written by whoever may commit to
 * the project, so it is read with care: nothing outside the folder, nothing that is no small regular file, every manifest against its schema.
 */
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { CatalogError } from './errors.ts';
import { type LoadOptions, type Reader, readTemplates, type Templates } from './load.ts';

/** A folder of own templates. */
export interface OwnTemplates {
  /** Absolute path. */
  readonly dir: string;
  /** As messages name it, e.g. `.patternsmith/templates`. */
  readonly name: string;
}

/** Where own templates stand, below a package or the root above it. */
export const OWN_TEMPLATES = '.patternsmith/templates';

/** Larger files are no templates. In bytes. */
const MAX_FILE_BYTES = 256 * 1024;

/** Of patterns, kernel modules or engines, each. */
const MAX_UNITS = 200;

const ABSENT = 'is not there';

const PARTS = ['patterns', 'kernel', 'engines'];

/** Those of the folders that are there, in their order, each once. One stat a folder. */
export async function present(places: readonly OwnTemplates[]): Promise<readonly OwnTemplates[]> {
  const unique = [...new Map(places.map((place) => [place.dir, place])).values()];
  const there = await Promise.all(
    unique.map(({ dir }) =>
      stat(dir).then(
        (info) => info.isDirectory(),
        () => false,
      ),
    ),
  );
  return unique.filter((_, index) => there[index]);
}

/** @throws CatalogError what is wrong with a manifest, or with how the folder is made up */
export async function readOwn(
  { dir, name }: OwnTemplates,
  validate: NonNullable<LoadOptions['validate']>,
): Promise<Templates> {
  const base = join(dir, '..', '..');
  if (!isInside(await realpath(base), await realpath(dir))) {
    throw problem(
      dir,
      'is behind a link that leads out of the project: put the folder itself there',
    );
  }
  const reader = guardedReader;
  const odd = (await reader.folders(dir)).find((folder) => !PARTS.includes(basename(folder)));
  if (odd !== undefined) {
    throw problem(odd, `is none of the folders that are read: ${PARTS.join(', ')}`);
  }
  const templates = await readTemplates(dir, { validate, reader, own: name });
  await expectManifests(reader, join(dir, 'patterns'), 'pattern.json', templates.patterns);
  await expectManifests(reader, join(dir, 'kernel'), 'module.json', templates.kernel);
  return templates;
}

/** A folder whose manifest is misnamed would be passed over in silence. */
async function expectManifests(
  reader: Reader,
  dir: string,
  file: string,
  units: readonly { readonly folder: string }[],
): Promise<void> {
  const read = new Set(units.map(({ folder }) => folder));
  const bare = (await reader.folders(dir)).find((folder) => !read.has(folder));
  if (bare !== undefined) throw problem(join(bare, file), 'there is no such file');
}

/** Why a file of own templates cannot be read, or undefined when it can. `root`: what it may not leave, absolute. */
export async function unreadable(file: string, root: string): Promise<string | undefined> {
  try {
    const real = await realpath(file);
    if (!isInside(await realpath(root), real)) return 'is a link that leads out of its folder';
    const info = await stat(real);
    if (!info.isFile()) return 'is not a regular file';
    return info.size > MAX_FILE_BYTES ? `is larger than ${MAX_FILE_BYTES / 1024} KB` : undefined;
  } catch (error) {
    if (isAbsent(error)) return (await isLink(file)) ? 'is a link that leads nowhere' : ABSENT;
    return `cannot be read (${codeOf(error)})`;
  }
}

const guardedReader: Reader = {
  async folders(dir) {
    const all = await entries(dir);
    // A link is no folder and would be passed over in silence; ids, and so folders, have no dots.
    const link = all.find((entry) => entry.isSymbolicLink() && !entry.name.includes('.'));
    if (link) throw problem(join(dir, link.name), 'is a link: put the folder itself there');
    const found = all.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name));
    if (found.length > MAX_UNITS) throw problem(dir, `has more than ${MAX_UNITS} folders`);
    return found.sort();
  },
  async manifests(dir) {
    const names = (await entries(dir)).map(({ name }) => name);
    const found = names.filter((name) => name.endsWith('.json'));
    if (found.length > MAX_UNITS) throw problem(dir, `has more than ${MAX_UNITS} manifests`);
    return found.sort().map((name) => join(dir, name));
  },
  async text(file) {
    const reason = await unreadable(file, dirname(file));
    if (reason === ABSENT) return undefined;
    if (reason !== undefined) throw problem(file, reason);
    return readFile(file, 'utf8');
  },
};

/** Empty where there is no such folder; what is hidden is none of ours. */
async function entries(dir: string) {
  try {
    const all = await readdir(dir, { withFileTypes: true });
    return all.filter(({ name }) => !name.startsWith('.'));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw problem(dir, `cannot be read (${codeOf(error)})`);
  }
}

async function isLink(file: string): Promise<boolean> {
  return lstat(file).then(
    (info) => info.isSymbolicLink(),
    () => false,
  );
}

function problem(file: string, message: string): CatalogError {
  return new CatalogError(file, [{ path: '', message }]);
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
