import { join } from 'node:path';
import { PlanError } from './errors.ts';
import { besideNames, type DiskFs, exists, placeOf, readIfThere } from './places.ts';
import { pathProblem } from './paths.ts';
import { hashOf, RECEIPT_DIR } from './receipt.ts';

/**
 * What a run is about to write, noted before it begins, so that a run that was killed is taken back by the next one.
 * Stands in the package's `.patternsmith/` for as long as the run lasts. Paths are relative to the package.
 */
export interface Journal {
  readonly pid: number;
  /** Part of the names of the files that the run puts beside their places. */
  readonly mark: string;
  readonly files: readonly JournalEntry[];
  /** That the run makes, outermost first. */
  readonly folders: readonly string[];
}

export interface JournalEntry {
  readonly path: string;
  readonly action: 'create' | 'edit' | 'delete';
  /** `hashOf` the text that is written; of a file that is deleted, nothing's. */
  readonly hash: string;
}

/** While files may be half way. */
export const OPEN = `${RECEIPT_DIR}/journal.json`;
/** When all new texts are in place and only the old ones are left to be forgotten. */
const DONE = `${RECEIPT_DIR}/journal.done.json`;

const MAX_CHARS = 5_000_000;

/** @throws PlanError `CONFLICT` when there is one */
export async function openJournal(fs: DiskFs, base: string, journal: Journal): Promise<void> {
  const isNew = !(await exists(fs, join(base, RECEIPT_DIR)));
  if (isNew) await fs.mkdir(join(base, RECEIPT_DIR));
  if (await exists(fs, join(base, DONE))) throw busy('Another run');
  try {
    await fs.writeFile(join(base, OPEN), JSON.stringify(journal), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw busy('Another run');
    await fs.unlink(join(base, OPEN)).catch(() => undefined);
    if (isNew) await fs.rmdir(join(base, RECEIPT_DIR)).catch(() => undefined);
    throw error;
  }
}

/** From here on the new state stands. */
export async function markDone(fs: DiskFs, base: string): Promise<void> {
  await fs.rename(join(base, OPEN), join(base, DONE));
}

/** Whether a run is under way in the package, or was killed there. */
export async function hasJournal(fs: DiskFs, base: string): Promise<boolean> {
  const found = await Promise.all([OPEN, DONE].map((name) => exists(fs, join(base, name))));
  return found.includes(true);
}

/**
 * Takes back what a killed run left half way, or clears up behind one that had come to its end.
 * @returns what was changed by somebody else since then and so stays as it is
 * @throws PlanError `CONFLICT` while the run that wrote the journal is alive
 */
export async function recover(fs: DiskFs, base: string): Promise<readonly string[]> {
  const done = parseJournal(await readIfThere(fs, join(base, DONE)));
  if (done) await forget(fs, base, done);
  const text = await readIfThere(fs, join(base, OPEN));
  const open = parseJournal(text);
  if (open && isAlive(open.pid)) throw busy(`Process ${open.pid}`);
  // A journal that was not written to its end: nothing had begun.
  const left = open ? await takeBack(fs, base, open) : [];
  if (text !== undefined && open === undefined) await fs.unlink(join(base, OPEN));
  return left;
}

/**
 * Brings back what was there before the run, from any point of it, and can be repeated. What somebody else has changed since stays.
 * @returns the paths that could not be brought back
 */
export async function takeBack(
  fs: DiskFs,
  base: string,
  { mark, files, folders }: Journal,
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const entry of files.toReversed()) {
    const isBack = await restore(fs, base, entry, mark).catch(() => false);
    if (!isBack) left.push(entry.path);
  }
  await fs.unlink(join(base, OPEN)).catch(() => undefined);
  for (const folder of folders.toReversed()) {
    // A folder in which somebody else has put something by now stays.
    await fs.rmdir(join(base, folder)).catch(() => undefined);
  }
  return left;
}

async function restore(
  fs: DiskFs,
  base: string,
  { path, action, hash }: JournalEntry,
  mark: string,
): Promise<boolean> {
  const { dest } = await placeOf(fs, base, path);
  const { temp, backup } = besideNames(dest, mark);
  if (await exists(fs, temp)) {
    // Not in its place yet: what stands there is what was there before.
    await fs.unlink(temp);
    if (await exists(fs, backup)) await fs.unlink(backup);
    return true;
  }
  const now = await readIfThere(fs, dest);
  const isOurs = now !== undefined && hashOf(now) === hash;
  if (action === 'create') {
    if (isOurs) await fs.unlink(dest);
    return true;
  }
  if (!(await exists(fs, backup))) return true;
  if (action === 'delete' && now !== undefined) return false;
  if (now !== undefined && !isOurs) return false;
  await fs.rename(backup, dest);
  // A rename onto another name of the same file leaves both.
  if (await exists(fs, backup)) await fs.unlink(backup);
  return true;
}

/**
 * Removes the old texts, the folders that are empty without them, and the journal. The new state stands, so that something left over is no
 * failure.
 */
export async function forget(
  fs: DiskFs,
  base: string,
  { mark, files, folders }: Journal,
): Promise<void> {
  const emptied = new Set<string>();
  for (const { path, action } of files.filter((entry) => entry.action !== 'create')) {
    const { dest } = await placeOf(fs, base, path);
    await fs.unlink(besideNames(dest, mark).backup).catch(() => undefined);
    if (action === 'delete') for (const folder of foldersOf(path)) emptied.add(folder);
  }
  const innermostFirst = [...emptied].toSorted((a, b) => b.split('/').length - a.split('/').length);
  for (const folder of innermostFirst) await removeIfEmpty(fs, base, folder);
  await fs.unlink(join(base, DONE)).catch(() => undefined);
  if (emptied.has(RECEIPT_DIR) || folders.includes(RECEIPT_DIR))
    await removeIfEmpty(fs, base, RECEIPT_DIR);
}

/** The folders that a file stands in, below the package. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

async function removeIfEmpty(fs: DiskFs, base: string, folder: string): Promise<void> {
  const { dest } = await placeOf(fs, base, folder);
  await fs.rmdir(dest).catch(() => undefined);
}

/** What a run leaves that is killed at its very end: a folder with nothing in it any more. */
export function tidy(fs: DiskFs, base: string): Promise<void> {
  return fs.rmdir(join(base, RECEIPT_DIR)).catch(() => undefined);
}

/** Undefined for what is no journal. It may have been written by anybody: it only ever names places in the package. */
function parseJournal(text: string | undefined): Journal | undefined {
  if (text === undefined || text.length > MAX_CHARS) return undefined;
  let value: Partial<Record<keyof Journal, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  const { pid, mark, files, folders } = value ?? {};
  const isJournal =
    typeof pid === 'number' &&
    Number.isSafeInteger(pid) &&
    pid > 0 &&
    typeof mark === 'string' &&
    /^\d{1,12}-[0-9a-f]{8}$/.test(mark) &&
    Array.isArray(files) &&
    files.every(isEntry) &&
    Array.isArray(folders) &&
    folders.every(isInside);
  return isJournal ? { pid, mark, files, folders } : undefined;
}

function isEntry(value: unknown): value is JournalEntry {
  const { path, action, hash } = (value ?? {}) as Partial<Record<keyof JournalEntry, unknown>>;
  return (
    isInside(path) &&
    (action === 'create' || action === 'edit' || action === 'delete') &&
    typeof hash === 'string'
  );
}

function isInside(path: unknown): path is string {
  return typeof path === 'string' && path !== '' && pathProblem(path) === undefined;
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function busy(who: string): PlanError {
  return new PlanError(
    'CONFLICT',
    `${who} is writing in this package (${OPEN}). Nothing was written.`,
    'Wait until it has ended, then run the command again.',
    [OPEN],
  );
}
