import semver from 'semver';
import type { ProjectFiles } from '../../project/types.ts';
import type { FileChange, Ledger } from '../bookkeeping.ts';
import { PlanError } from '../errors.ts';
import { lineEdit } from '../line-edits.ts';
import type { Rendered } from '../reconcile.ts';
import { hashOf } from '../receipt.ts';
import type { MergeConflict, PlannedFile } from '../types.ts';
import { hasConflictMarkers, merge3 } from './merge.ts';

/** What becomes of one generated file when it is generated anew. */
export interface Renewed {
  readonly rendered: Rendered;
  /** Undefined for a test that the user deleted. */
  readonly file: PlannedFile | undefined;
  readonly change: FileChange;
  readonly conflict?: MergeConflict;
  /** Another file, which is not Patternsmith's, is in its place. */
  readonly taken?: boolean;
}

/**
 * The newly generated text merged with what the user has made of the file. What was not generated differently since is left alone.
 * @param force generate even what has the same version, since the answers changed
 * @throws PlanError `CONFLICT` while an earlier merge is not settled
 */
export async function renew(
  rendered: Rendered,
  { files, ledger }: { readonly files: ProjectFiles; readonly ledger: Ledger },
  force: boolean,
): Promise<Renewed> {
  const { path, text, owner, version, role } = rendered;
  const current = await files.read(path);
  const record = ledger.record(path);
  const fresh = { record: { owner, version, hash: hashOf(text) }, pristine: text };
  if (current === undefined) {
    const isDeletedTest = record !== undefined && (role === 'test' || role === 'instance-test');
    const file: PlannedFile = { action: 'create', path, text };
    return { rendered, file: isDeletedTest ? undefined : file, change: fresh };
  }
  const same: PlannedFile = { action: 'same', path, text: current };
  if (hashOf(current) === fresh.record.hash) return { rendered, file: same, change: fresh };
  if (record === undefined) return { rendered, file: same, change: fresh, taken: true };
  if (!force && !semver.gt(version, record.version)) {
    return { rendered, file: same, change: { record, pristine: undefined } };
  }
  if (hasConflictMarkers(current)) throw unsettled(path);
  const base = (await ledger.pristine(path)) ?? (hashOf(current) === record.hash ? current : '');
  const name = `${owner.replace(/^(instances|patterns)\//, '')} ${version}`;
  const merged = merge3(base, current, text, { current: 'yours', incoming: name });
  return {
    rendered,
    file: lineEdit(path, current, merged.text),
    change: fresh,
    ...(merged.regions === 0
      ? {}
      : { conflict: { path, base, current, incoming: text, regions: merged.regions } }),
  };
}

function unsettled(path: string): PlanError {
  return new PlanError(
    'CONFLICT',
    `${path} still holds the conflict markers of an earlier merge. Nothing was written.`,
    'Settle them first: keep what you want and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.',
    [path],
  );
}
