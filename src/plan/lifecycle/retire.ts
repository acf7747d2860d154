import type { FileChange } from '../bookkeeping.ts';
import { hashOf } from '../receipt.ts';
import type { PlannedFile } from '../types.ts';
import { byStem, targetOf, type Use, usesIn, usesOf } from './importers.ts';
import type { LifecycleTools } from './tools.ts';

/** What becomes of generated files that nothing needs any more. */
export interface Retired {
  readonly files: readonly PlannedFile[];
  /** None of them is in the receipt afterwards: what stays is the user's alone. */
  readonly records: ReadonlyMap<string, FileChange | undefined>;
  /** Imports of deleted files in code that is not generated: it would break. */
  readonly broken: readonly Use[];
  /** What stays, and why. */
  readonly warnings: readonly string[];
  /** What is imported in the package afterwards. */
  readonly uses: readonly Use[];
}

/**
 * Deletes generated files. What was changed by hand stays, with whatever it imports, so that it still compiles.
 * @param paths workspace paths
 * @param texts of files that the plan changes, as they will be
 */
export async function retire(
  paths: readonly string[],
  texts: ReadonlyMap<string, string | undefined>,
  { files, ledger, profile }: LifecycleTools,
): Promise<Retired> {
  const present = new Map<string, string>();
  await Promise.all(
    paths.map(async (path) => {
      const text = await files.read(path);
      if (text !== undefined) present.set(path, text);
    }),
  );
  const modified = [...present].filter(
    ([path, text]) => hashOf(text) !== ledger.record(path)?.hash,
  );
  const stems = byStem([...present.keys()]);
  const kept = new Map(modified.map(([path]) => [path, 'was changed by hand']));
  for (const [path] of kept) {
    for (const use of usesOf(path, present.get(path) ?? '')) {
      const needed = targetOf(use, stems, profile);
      if (needed !== undefined && !kept.has(needed)) kept.set(needed, `is imported by ${path}`);
    }
  }
  const gone = [...present].filter(([path]) => !kept.has(path));
  const after = new Map([...texts, ...gone.map(([path]) => [path, undefined] as const)]);
  const uses = await usesIn(files, profile.packageDir, after);
  const goneStems = byStem(gone.map(([path]) => path));
  return {
    files: gone.map(([path, before]) => ({ action: 'delete', path, before })),
    records: new Map(paths.map((path) => [path, undefined])),
    broken: uses.filter((use) => targetOf(use, goneStems, profile) !== undefined),
    warnings: [...kept].map(([path, why]) => `${path} ${why} and stays: it is yours from now on.`),
    uses,
  };
}
