import type { FileSpec } from '../catalog/types.ts';
import type { ProjectFiles } from '../project/types.ts';
import { EditedText } from './edited-text.ts';
import { type FileRecord, hashOf } from './receipt.ts';
import type { PlannedFile } from './types.ts';

/** A rendered file and who it belongs to. */
export interface Rendered {
  readonly path: string;
  readonly text: string;
  readonly role: FileSpec['role'];
  /** As in `FileRecord`. */
  readonly owner: string;
  readonly version: string;
}

/** What is to happen to one generated file. */
export interface Reconciled {
  /** Undefined for a test that the user deleted. */
  readonly file: PlannedFile | undefined;
  readonly rendered: Rendered;
  /** What the receipt says afterwards; undefined where it knows nothing of the file, and on a conflict. */
  readonly record: FileRecord | undefined;
  /** There is another file in its place. */
  readonly conflict: boolean;
  /** The user changed the file, and so a newer text was not put in. */
  readonly kept: boolean;
}

export interface Known {
  readonly files: ProjectFiles;
  /** The receipt's entry, by workspace path. */
  record(path: string): FileRecord | undefined;
}

export interface ReconcileOptions {
  /** Puts the text in even when the version is the same: the instance is wired for the first time. */
  readonly refresh?: boolean;
  /** A file that is there is the one meant, though the receipt does not know it. */
  readonly adopt?: boolean;
}

/**
 * Generated files against what stands in their place. A file belongs to the user: what was changed since it was generated stays,
 * and a test that was deleted stays deleted. A unit of which one file was changed stays as a whole, for its files fit each other.
 */
export async function reconcile(
  unit: readonly Rendered[],
  known: Known,
  options: ReconcileOptions = {},
): Promise<readonly Reconciled[]> {
  const found = await Promise.all(unit.map((rendered) => reconcileFile(rendered, known, options)));
  return found.some(({ kept }) => kept) ? found.map((each) => unchanged(each, known)) : found;
}

async function reconcileFile(
  rendered: Rendered,
  known: Known,
  { refresh = false, adopt = false }: ReconcileOptions,
): Promise<Reconciled> {
  const { path, text, owner, version, role } = rendered;
  const current = await known.files.read(path);
  const record = known.record(path);
  const ours = record?.owner === owner;
  const fresh: FileRecord = { owner, version, hash: hashOf(text) };
  const plain = { rendered, conflict: false, kept: false };

  if (current === undefined) {
    const deleted = ours && (role === 'test' || role === 'instance-test');
    if (deleted) return { ...plain, file: undefined, record };
    return { ...plain, file: { action: 'create', path, text }, record: fresh };
  }
  const same: PlannedFile = { action: 'same', path, text: current };
  if (hashOf(current) === fresh.hash) return { ...plain, file: same, record: fresh };
  if (!ours && adopt) {
    return { ...plain, file: same, record: { owner, version, hash: hashOf(current) } };
  }
  if (!ours) return { ...plain, file: same, record, conflict: true };
  if (record.version === version && !refresh) return { ...plain, file: same, record };
  if (hashOf(current) !== record.hash) return { ...plain, file: same, record, kept: true };
  return { ...plain, file: replacement(path, current, text), record: fresh };
}

/** An edit is taken back; new files are created all the same. */
function unchanged(each: Reconciled, known: Known): Reconciled {
  if (each.file?.action !== 'edit') return each;
  const { path, before } = each.file;
  return { ...each, file: { action: 'same', path, text: before }, record: known.record(path) };
}

/** The edit that makes a file read `after`; no edit when it does. */
export function replacement(path: string, before: string, after: string): PlannedFile {
  const edited = new EditedText(before);
  edited.apply([{ start: 0, end: before.length, text: after }]);
  return fileOf(path, edited);
}

/** A file that is there, as it was edited. */
export function fileOf(path: string, edited: EditedText): PlannedFile {
  const { original: before, text: after, edits } = edited;
  return before === after
    ? { action: 'same', path, text: before }
    : { action: 'edit', path, before, after, edits };
}
