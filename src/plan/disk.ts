import { randomBytes } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { below, isWithin } from '../project/reader.ts';
import { PlanError } from './errors.ts';
import {
  forget,
  hasJournal,
  type Journal,
  markDone,
  OPEN,
  openJournal,
  recover,
  takeBack,
  tidy,
} from './journal.ts';
import {
  besideNames,
  type Change,
  type DiskFs,
  isAsPlanned,
  isLinkAt,
  isRefused,
  isWritable,
  type KnownLinks,
  type Place,
  placeOf,
} from './places.ts';
import { confined } from './paths.ts';
import { hashOf } from './receipt.ts';
import type { ScaffoldPlan } from './types.ts';

export interface ApplyOptions {
  /** Aborting before the last file is in place takes everything back. */
  readonly signal?: AbortSignal;
  /** A test makes each operation fail in turn. */
  readonly fs?: DiskFs;
}

/** What a plan says to write, and the folder that nothing is written outside of. */
export interface Writable {
  readonly files: ScaffoldPlan['files'];
  readonly profile: Pick<ScaffoldPlan['profile'], 'packageDir'>;
}

/**
 * Writes a plan's files below `root`: all of them, or none. What can be known beforehand is checked before the first byte. New texts are
 * written beside their places and then renamed into them; an error or an abort on the way takes everything back, and what a killed
 * process leaves half way is taken back by `takeBackInterrupted`.
 * @param root absolute path
 * @returns the paths written
 * @throws PlanError `CONFLICT` when a file is not what was planned on, `READ_ONLY`, `OUTSIDE_WORKSPACE`, `CANCELLED`
 */
export async function applyToDisk(
  root: string,
  { files, profile: { packageDir } }: Writable,
  { signal, fs = nodeFs }: ApplyOptions = {},
): Promise<readonly string[]> {
  const changes = files.filter((file) => file.action !== 'same');
  if (changes.length === 0) return [];
  const base = await fs.realpath(join(root, packageDir));
  const steps = await preflight(
    fs,
    base,
    changes.map((change) => inPackage(change, packageDir)),
  );
  checkAborted(signal);
  const { missing } = await placeOf(fs, base, OPEN);
  const journal = journalOf(base, steps, missing);
  await openJournal(fs, base, journal).catch((error: unknown) => {
    throw told(error);
  });
  try {
    await write(fs, base, steps, journal, signal);
  } catch (error) {
    const left = await takeBack(fs, base, journal);
    throw left.length === 0 ? told(error) : halfWay(left, error);
  }
  await forget(fs, base, journal);
  return changes.map(({ path }) => path);
}

/**
 * Takes back what a run that was killed left half way in a package.
 * @returns undefined when there was none, else the files that somebody has changed since and that stay as they are
 * @throws PlanError `CONFLICT` while that run is alive
 */
export async function takeBackInterrupted(
  root: string,
  packageDir: string,
  fs: DiskFs = nodeFs,
): Promise<readonly string[] | undefined> {
  const base = join(root, packageDir);
  if (await hasJournal(fs, base)) return recover(fs, await fs.realpath(base));
  await tidy(fs, base);
  return undefined;
}

/** Whether a run was killed half way in the package, or is under way. */
export function wasInterrupted(
  root: string,
  packageDir: string,
  fs: DiskFs = nodeFs,
): Promise<boolean> {
  return hasJournal(fs, join(root, packageDir));
}

function inPackage<T extends Change>(change: T, packageDir: string): T {
  const path = confined(change.path, 'The file');
  if (isWithin(path, packageDir)) return { ...change, path: below(packageDir, path) };
  throw new PlanError(
    'OUTSIDE_WORKSPACE',
    `${change.path} is not in the package at "${packageDir}". Nothing was written.`,
    'Name an output folder and a target of one package.',
  );
}

interface Step {
  readonly change: Change;
  readonly place: Place;
}

/** Everything that can be known before the first byte is written. */
async function preflight(
  fs: DiskFs,
  base: string,
  changes: readonly Change[],
): Promise<readonly Step[]> {
  const known: KnownLinks = new Map();
  const steps = await Promise.all(
    changes.map(async (change) => {
      const place = await placeOf(fs, base, change.path, known);
      const [asPlanned, writable, isLink] = await Promise.all([
        isAsPlanned(fs, change, place.dest),
        isWritable(fs, change, place),
        // A link is not ours to delete, nor is what it leads to.
        change.action === 'delete' && isLinkAt(fs, join(base, change.path)),
      ]);
      return { change, place, asPlanned: asPlanned && !isLink, writable };
    }),
  );
  const paths = (bad: typeof steps) => bad.map(({ change }) => change.path);
  const changed = paths(steps.filter(({ asPlanned }) => !asPlanned));
  if (changed.length > 0) throw changedSince(changed);
  const refused = paths(steps.filter(({ writable }) => !writable));
  if (refused.length > 0) throw readOnly(refused);
  return steps;
}

function journalOf(base: string, steps: readonly Step[], ownFolders: readonly string[]): Journal {
  const folders = new Set([...ownFolders, ...steps.flatMap(({ place }) => place.missing)]);
  return {
    pid: process.pid,
    mark: `${process.pid}-${randomBytes(4).toString('hex')}`,
    files: steps.map(({ change }) => ({
      path: change.path,
      action: change.action,
      hash: hashOf(textOf(change) ?? ''),
    })),
    folders: [...folders]
      .map((folder) => relative(base, folder).split(sep).join('/'))
      .toSorted((a, b) => a.split('/').length - b.split('/').length),
  };
}

async function write(
  fs: DiskFs,
  base: string,
  steps: readonly Step[],
  journal: Journal,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const folder of journal.folders) {
    checkAborted(signal);
    await fs.mkdir(join(base, folder), { recursive: true });
  }
  for (const step of steps) {
    checkAborted(signal);
    await stage(fs, step, journal.mark);
  }
  for (const step of steps) {
    checkAborted(signal);
    await put(fs, step, journal.mark);
  }
  checkAborted(signal);
  await markDone(fs, base);
}

/** Writes the new text beside its place, and gives the file that it will replace a second name. */
async function stage(fs: DiskFs, { change, place: { dest } }: Step, mark: string): Promise<void> {
  const text = textOf(change);
  if (text === undefined) return;
  const { temp, backup } = besideNames(dest, mark);
  await fs.writeFile(temp, text, { flag: 'wx' });
  if (change.action === 'create') return;
  await fs.chmod(temp, (await fs.lstat(dest)).mode);
  // A copy, where the file system knows no second names.
  await fs.link(dest, backup).catch(() => fs.copyFile(dest, backup));
}

/** A file that is deleted waits under its second name until all others are in place. */
async function put(fs: DiskFs, { change, place: { dest } }: Step, mark: string): Promise<void> {
  if (!(await isAsPlanned(fs, change, dest))) throw changedSince([change.path]);
  const { temp, backup } = besideNames(dest, mark);
  if (change.action === 'delete') await fs.rename(dest, backup);
  else await fs.rename(temp, dest);
}

/** What the file will hold; undefined when it goes. */
function textOf(change: Change): string | undefined {
  if (change.action === 'delete') return undefined;
  return change.action === 'create' ? change.text : change.after;
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new PlanError(
    'CANCELLED',
    'Cancelled. Nothing was written.',
    'Run it again when you like.',
  );
}

function changedSince(paths: readonly string[]): PlanError {
  return new PlanError(
    'CONFLICT',
    `${paths.join(', ')} changed after the plan was made. Nothing was written.`,
    'Run the command again: it plans on what is there now.',
    paths,
  );
}

function readOnly(paths: readonly string[]): PlanError {
  return new PlanError(
    'READ_ONLY',
    `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''} cannot be written: the file or its folder is read-only. Nothing was written.`,
    'Make them writable for this user, or give another --out.',
    paths,
  );
}

/** What the file system said, in words; everything was taken back. */
function told(error: unknown): unknown {
  if (error instanceof PlanError || !(error instanceof Error)) return error;
  if (isRefused(error)) {
    return new PlanError(
      'READ_ONLY',
      `${error.message}. Everything was taken back; nothing was written.`,
      'Make the folder writable for this user, or give another --out.',
    );
  }
  return new Error(`${error.message}. Everything was taken back; nothing was written.`, {
    cause: error,
  });
}

function halfWay(left: readonly string[], cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `${reason}; and ${left.join(', ')} could not be brought back: the former text stands beside it in a file that ends in ".patternsmith-old".`,
    { cause },
  );
}
