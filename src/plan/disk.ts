import { randomBytes } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PlanError } from './errors.ts';
import {
  type Change,
  type DiskFs,
  isAbsent,
  isAsPlanned,
  isRefused,
  isWritable,
  type Place,
  placeOf,
} from './places.ts';
import type { PlannedFile } from './types.ts';

export interface ApplyOptions {
  /** Aborting before the last file is in place takes everything back. */
  readonly signal?: AbortSignal;
  /** A test makes each operation fail in turn. */
  readonly fs?: DiskFs;
}

/**
 * Writes a plan's files below `root`: all of them, or none. What can be known beforehand is checked before the first byte; new texts are
 * written beside their places and then renamed into them, and an error or an abort on the way takes everything back.
 * @param root absolute path
 * @returns the paths written
 * @throws PlanError `CONFLICT` when a file is not what was planned on, `READ_ONLY`, `OUTSIDE_WORKSPACE`, `CANCELLED`
 */
export async function applyToDisk(
  root: string,
  files: readonly PlannedFile[],
  { signal, fs = nodeFs }: ApplyOptions = {},
): Promise<readonly string[]> {
  const changes = files.filter((file) => file.action !== 'same');
  const steps = await preflight(fs, await fs.realpath(root), changes);
  const run = new Run(fs);
  try {
    for (const { change, place } of steps) {
      checkAborted(signal);
      await run.stage(change, place);
    }
    for (const staged of run.staged) {
      checkAborted(signal);
      await run.put(staged);
    }
    checkAborted(signal);
  } catch (error) {
    const left = await run.takeBack();
    throw left.length === 0 ? told(error) : halfWay(left, error);
  }
  await run.tidy();
  return changes.map(({ path }) => path);
}

interface Step {
  readonly change: Change;
  readonly place: Place;
}

/** Everything that can be known before the first byte is written. */
async function preflight(
  fs: DiskFs,
  root: string,
  changes: readonly Change[],
): Promise<readonly Step[]> {
  const steps = await Promise.all(
    changes.map(async (change) => {
      const place = await placeOf(fs, root, change.path);
      const [asPlanned, writable] = await Promise.all([
        isAsPlanned(fs, change, place.dest),
        isWritable(fs, change, place),
      ]);
      return { change, place, asPlanned, writable };
    }),
  );
  const paths = (bad: typeof steps) => bad.map(({ change }) => change.path);
  const changed = paths(steps.filter(({ asPlanned }) => !asPlanned));
  if (changed.length > 0) throw changedSince(changed);
  const refused = paths(steps.filter(({ writable }) => !writable));
  if (refused.length > 0) throw readOnly(refused);
  return steps;
}

/** A file on its way: its text stands beside its place, and the file that it replaces has a second name until the end. */
interface Staged {
  readonly change: Change;
  readonly dest: string;
  readonly temp: string;
  readonly backup: string;
}

class Run {
  readonly staged: Staged[] = [];
  readonly #fs: DiskFs;
  /** Those whose place may hold the new text already. */
  readonly #put: Staged[] = [];
  readonly #folders: string[] = [];
  readonly #mark = `${process.pid}-${randomBytes(4).toString('hex')}`;

  constructor(fs: DiskFs) {
    this.#fs = fs;
  }

  /** Writes the new text beside its place. */
  async stage(change: Change, { dest, missing }: Place): Promise<void> {
    for (const folder of missing.filter((each) => !this.#folders.includes(each))) {
      this.#folders.push(folder);
      await this.#fs.mkdir(folder);
    }
    const beside = join(dirname(dest), `.${basename(dest)}.${this.#mark}.patternsmith`);
    const staged = { change, dest, temp: `${beside}-new`, backup: `${beside}-old` };
    this.staged.push(staged);
    const text = change.action === 'create' ? change.text : change.after;
    await this.#fs.writeFile(staged.temp, text, { flag: 'wx' });
    if (change.action === 'edit') {
      await this.#fs.chmod(staged.temp, (await this.#fs.lstat(dest)).mode);
      await this.#keep(staged);
    }
  }

  /** Renames the new text into its place. */
  async put(staged: Staged): Promise<void> {
    const { change, dest, temp } = staged;
    if (!(await isAsPlanned(this.#fs, change, dest))) throw changedSince([change.path]);
    this.#put.push(staged);
    await this.#fs.rename(temp, dest);
  }

  /** Brings back what was there before. @returns what could not be brought back */
  async takeBack(): Promise<readonly string[]> {
    const left: string[] = [];
    const attempt = async (path: string, work: () => Promise<unknown>): Promise<void> => {
      await work().catch((error: unknown) => {
        if (!isAbsent(error)) left.push(path);
      });
    };
    for (const staged of this.#put.toReversed()) {
      await attempt(staged.change.path, () => this.#restore(staged));
    }
    for (const { temp, backup, change } of this.staged) {
      await attempt(change.path, () => this.#fs.unlink(temp));
      if (!left.includes(change.path)) await attempt(change.path, () => this.#fs.unlink(backup));
    }
    for (const folder of this.#folders.toReversed()) {
      // A folder in which somebody else has put something by now stays.
      await this.#fs.rmdir(folder).catch(() => undefined);
    }
    return left;
  }

  /** Forgets the replaced files. The new state stands, so that one left over is no failure. */
  async tidy(): Promise<void> {
    for (const { change, backup } of this.staged) {
      if (change.action === 'edit') await this.#fs.unlink(backup).catch(() => undefined);
    }
  }

  async #restore({ change, dest, temp, backup }: Staged): Promise<void> {
    if (change.action === 'edit') return this.#fs.rename(backup, dest);
    // While the new text is still beside its place, what stands there is not ours.
    const wasPut = await this.#fs.lstat(temp).then(
      () => false,
      () => true,
    );
    if (wasPut) await this.#fs.unlink(dest);
  }

  /** Gives the file that will be replaced a second name; a copy where the file system has no such names. */
  async #keep({ dest, backup }: Staged): Promise<void> {
    await this.#fs.link(dest, backup).catch(() => this.#fs.copyFile(dest, backup));
  }
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new PlanError(
      'CANCELLED',
      'Cancelled. Nothing was written.',
      'Start again when you like.',
    );
  }
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
