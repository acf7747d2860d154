import { constants } from 'node:fs';
import { basename, dirname, join, relative, sep, isAbsolute } from 'node:path';
import type * as nodeFs from 'node:fs/promises';
import { PlanError } from './errors.ts';
import { confined } from './paths.ts';
import type { PlannedFile } from './types.ts';

/** The operations that applying uses. */
export type DiskFs = Pick<
  typeof nodeFs,
  | 'access'
  | 'chmod'
  | 'copyFile'
  | 'link'
  | 'lstat'
  | 'mkdir'
  | 'readFile'
  | 'realpath'
  | 'rename'
  | 'rmdir'
  | 'unlink'
  | 'writeFile'
>;

export type Change = Exclude<PlannedFile, { action: 'same' }>;

/** Where a planned file goes on the disk. */
export interface Place {
  /** Absolute path, links resolved. */
  readonly dest: string;
  /** Folders that are not there yet, outermost first. */
  readonly missing: readonly string[];
}

/** Where links lead, for a while in which nobody is expected to move folders. */
export type KnownLinks = Map<string, Promise<string | undefined>>;

/**
 * Finds the place of a file that is planned below `root`.
 * @param root absolute, links resolved
 * @param known shared by calls for several files, so that the folders that they have in common are looked up once
 * @throws PlanError `OUTSIDE_WORKSPACE` when a link on the way leads out
 */
export async function placeOf(
  fs: DiskFs,
  root: string,
  path: string,
  known: KnownLinks = new Map(),
): Promise<Place> {
  const wanted = join(root, confined(path, 'The file'));
  const missing: string[] = [];
  let existing = wanted;
  let real = await realpath(fs, existing, known);
  while (real === undefined) {
    missing.unshift(basename(existing));
    existing = dirname(existing);
    real = await realpath(fs, existing, known);
  }
  if (!isInside(root, real)) {
    throw new PlanError(
      'OUTSIDE_WORKSPACE',
      `${path} is behind a link that leads out of the project. Nothing was written.`,
      'Give a path below the project folder.',
    );
  }
  const folders = missing
    .slice(0, -1)
    .map((_, index) => join(real, ...missing.slice(0, index + 1)));
  return { dest: join(real, ...missing), missing: folders };
}

/** Undefined when nothing is there. */
function realpath(fs: DiskFs, path: string, known: KnownLinks): Promise<string | undefined> {
  const found =
    known.get(path) ??
    fs.realpath(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
  known.set(path, found);
  return found;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Whether the file is still what the plan was made on. */
export async function isAsPlanned(fs: DiskFs, change: Change, dest: string): Promise<boolean> {
  try {
    if (change.action !== 'create') return (await fs.readFile(dest, 'utf8')) === change.before;
    await fs.lstat(dest);
    return false;
  } catch (error) {
    if (isAbsent(error)) return change.action === 'create';
    throw error;
  }
}

/** Whether it may be written: a file that is edited or deleted itself, and the folder in which something is made or replaced. */
export async function isWritable(fs: DiskFs, change: Change, place: Place): Promise<boolean> {
  const { W_OK, X_OK } = constants;
  const folder = dirname(place.missing[0] ?? place.dest);
  try {
    await fs.access(folder, W_OK | X_OK);
    if (change.action !== 'create') await fs.access(place.dest, W_OK);
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    // What is missing is told by `isAsPlanned`.
    if (isAbsent(error)) return true;
    throw error;
  }
}

/** The new text of a file while it is not in its place, and the old one until all are. */
export function besideNames(dest: string, mark: string): { temp: string; backup: string } {
  const beside = join(dirname(dest), `.${basename(dest)}.${mark}.patternsmith`);
  return { temp: `${beside}-new`, backup: `${beside}-old` };
}

export async function exists(fs: DiskFs, path: string): Promise<boolean> {
  return fs.lstat(path).then(
    () => true,
    (error: unknown) => {
      if (isAbsent(error)) return false;
      throw error;
    },
  );
}

export async function isLinkAt(fs: DiskFs, path: string): Promise<boolean> {
  return fs.lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

export async function readIfThere(fs: DiskFs, path: string): Promise<string | undefined> {
  return fs.readFile(path, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
}

export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

export function isRefused(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
