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
  /** Imports of an instance's files in code that is not generated: without the instance it would break, or do half of what it did. */
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
  const asIfGone = new Map([...texts, ...paths.map((path) => [path, undefined] as const)]);
  const others = await usesIn(files, profile.packageDir, asIfGone);
  const broken: Use[] = [];
  const kept = new Map(modified.map(([path]) => [path, 'was changed by hand']));
  for (const use of others) {
    const needed = targetOf(use, stems, profile);
    if (needed === undefined) continue;
    // Who calls the instance is still wired to it, even where its file stays; who builds on its units, such as code kept from another instance, has them.
    if (ledger.record(needed)?.owner.startsWith('instances/')) broken.push(use);
    else if (!kept.has(needed)) kept.set(needed, `is imported by ${use.file}`);
  }
  const imported = new Set<string>();
  const follow = (path: string): void => {
    for (const use of usesOf(path, present.get(path) ?? '')) {
      const needed = targetOf(use, stems, profile);
      if (needed === undefined || kept.has(needed) || imported.has(needed)) continue;
      imported.add(needed);
      follow(needed);
    }
  };
  for (const path of kept.keys()) follow(path);
  const stays = (path: string): boolean => kept.has(path) || imported.has(path);
  const gone = [...present].filter(([path]) => !stays(path));
  return {
    files: gone.map(([path, before]) => ({ action: 'delete', path, before })),
    records: new Map(paths.map((path) => [path, undefined])),
    broken,
    warnings: [
      ...[...kept].map(([path, why]) => `${path} ${why} and stays: it is yours from now on.`),
      ...(imported.size === 0
        ? []
        : [`So are the files that it needs: ${[...imported].join(', ')}.`]),
    ],
    uses: [
      ...others,
      ...[...present].flatMap(([path, text]) => (stays(path) ? usesOf(path, text) : [])),
    ],
  };
}
