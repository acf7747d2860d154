import semver from 'semver';
import type { Catalog } from '../catalog/types.ts';
import type { ProjectFiles } from '../project/types.ts';
import { Ledger } from './bookkeeping.ts';
import { PlanError } from './errors.ts';
import { printable } from './paths.ts';
import { readPatch } from './lifecycle/unwire.ts';
import { type FileRecord, hashOf, learntPath, type Receipt, wiringPath } from './receipt.ts';
import { closest } from './resolve.ts';

/** `modified`: changed since it was generated; `missing`: deleted or moved. */
export type FileState = 'clean' | 'modified' | 'missing';

export interface FileStatus {
  /** Workspace path. */
  readonly path: string;
  readonly state: FileState;
  /** `kernel/clock`, `instances/cache-aside/user`… */
  readonly owner: string;
  readonly version: string;
  /** Version that a newer template would generate; undefined when this is the newest. */
  readonly update: string | undefined;
}

export interface InstanceStatus {
  /** `pattern/name`. */
  readonly instance: string;
  readonly engine: string;
  /** Relative to the package. */
  readonly out: string;
  /** `FILE:SYMBOL` relative to the package, where it was wired. */
  readonly target: string | undefined;
  readonly version: string;
  readonly update: string | undefined;
  /** The worst of its own files and of those of the units that it uses; `missing` too where its wiring is not whole. */
  readonly state: FileState;
  readonly files: readonly FileStatus[];
  /** What is wrong with its wiring, for the reader: a file that it was wired into is gone, or how it was wired is not known any more. */
  readonly notes: readonly string[];
}

/**
 * What became of the instances that the package's receipt knows. Reads only.
 * @param wanted an instance, or its name where that is not ambiguous; all without it
 * @throws PlanError `BAD_RECEIPT`, `UNKNOWN_INSTANCE`
 */
export async function instanceStatus(
  catalog: Catalog,
  files: ProjectFiles,
  packageDir: string,
  wanted?: string,
): Promise<readonly InstanceStatus[]> {
  const ledger = await Ledger.open(files, packageDir);
  const { receipt } = ledger;
  const chosen =
    wanted === undefined ? [...receipt.instances.keys()] : [instanceNamed(receipt, wanted)];
  const known = await Promise.all(
    [...receipt.files].map(async ([name, record]): Promise<FileStatus> => {
      const path = ledger.absolute(name);
      const { owner, version } = record;
      const state = stateOf(await files.read(path), record);
      return { path, state, owner, version, update: newer(version, versionIn(catalog, owner)) };
    }),
  );
  return Promise.all(
    chosen.toSorted().map(async (instance) => {
      const { engine, out, target, version, uses } = receipt.instances.get(instance)!;
      const owners = [`instances/${instance}`, ...uses];
      const own = known.filter(({ owner }) => owners.includes(owner));
      const update = newer(version, versionIn(catalog, `instances/${instance}`));
      const notes = await wiringNotes(instance, ledger, files);
      const state = notes.length > 0 ? 'missing' : worst(own);
      return { instance, engine, out, target, version, update, state, files: own, notes };
    }),
  );
}

async function wiringNotes(
  instance: string,
  ledger: Ledger,
  files: ProjectFiles,
): Promise<readonly string[]> {
  const { target } = ledger.receipt.instances.get(instance)!;
  const patch = await ledger.patch(instance);
  const learnt = ledger.absolute(learntPath(instance));
  if (target !== undefined && patch === '' && (await files.read(learnt)) === undefined) {
    return [
      `What was wired into ${target} is not known any more: restore ${learnt} and the patch beside it from version control.`,
    ];
  }
  try {
    const named = readPatch(patch, wiringPath(instance)).map(({ path }) => ledger.absolute(path));
    const wired = [...new Set(named)];
    const texts = await Promise.all(wired.map((path) => files.read(path)));
    return wired
      .filter((_, index) => texts[index] === undefined)
      .map((path) => `${path}, which it is wired into, was deleted or renamed.`);
  } catch (error) {
    if (error instanceof PlanError) return [error.message.replace(' Nothing was written.', '')];
    throw error;
  }
}

/** @throws PlanError `UNKNOWN_INSTANCE` */
export function instanceNamed({ instances }: Receipt, wanted: string): string {
  const all = [...instances.keys()];
  const fitting = all.filter((id) => id === wanted || id.endsWith(`/${wanted}`));
  const [only, ...more] = fitting;
  if (only !== undefined && more.length === 0) return only;
  throw new PlanError(
    'UNKNOWN_INSTANCE',
    only === undefined
      ? `There is no instance "${printable(wanted)}" in this package. Nothing was written.`
      : `"${printable(wanted)}" is the name of several instances. Nothing was written.`,
    all.length === 0
      ? 'Nothing was scaffolded here; name another folder with --cwd.'
      : 'Name it as pattern/name.',
    only === undefined ? closest(wanted, all) : fitting,
  );
}

function stateOf(text: string | undefined, { hash }: FileRecord): FileState {
  if (text === undefined) return 'missing';
  return hashOf(text) === hash ? 'clean' : 'modified';
}

function worst(files: readonly FileStatus[]): FileState {
  const states = files.map(({ state }) => state);
  return states.includes('missing')
    ? 'missing'
    : states.includes('modified')
      ? 'modified'
      : 'clean';
}

/** What the templates would generate today, for a unit or an instance. */
export function versionIn(catalog: Catalog, owner: string): string | undefined {
  const [kind, first = '', second = ''] = owner.split('/');
  if (kind === 'kernel') return catalog.kernel.get(first)?.version;
  if (kind === 'engines') return catalog.adapters.get(`${first}/${second}`)?.version;
  return catalog.patterns.get(first)?.version;
}

function newer(present: string, available: string | undefined): string | undefined {
  return available !== undefined && semver.gt(available, present) ? available : undefined;
}
