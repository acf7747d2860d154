import { posix } from 'node:path';
import { commandsFor } from '../commands.ts';
import { allEntries, configEntries } from '../config/entries.ts';
import { planConfig } from '../config/plan-config.ts';
import type { LedgerChange } from '../bookkeeping.ts';
import { checkAborted } from '../errors.ts';
import type { InstanceRecord } from '../receipt.ts';
import { fileOf } from '../reconcile.ts';
import type { Made } from '../settle.ts';
import type { LifecyclePlan, PlannedFile } from '../types.ts';
import { manualWarnings, noteWarnings } from '../notes.ts';
import { entriesAfter } from './entries-after.ts';
import type { Use } from './importers.ts';
import { planPackages } from './packages.ts';
import type { LifecycleTools } from './tools.ts';

/** What a lifecycle plan does, before package.json and the receipt are brought in line with it. */
export interface Draft extends Pick<
  LifecyclePlan,
  'change' | 'instances' | 'conflicts' | 'wiring' | 'warnings'
> {
  readonly files: readonly PlannedFile[];
  readonly ledger: Omit<LedgerChange, 'dependencies' | 'config'>;
  /** Instances that are made again, which may want other entries in the project's configuration. */
  readonly made: ReadonlyMap<string, Made>;
  /** What is imported in the package afterwards; undefined where nothing goes. */
  readonly uses: readonly Use[] | undefined;
}

/** The plan with the user's package.json and the receipt. */
export async function planOf(draft: Draft, tools: LifecycleTools): Promise<LifecyclePlan> {
  const { profile, ledger, from, signal } = tools;
  const after = instancesAfter(draft, tools);
  const packages = await planPackages(tools, [...after.values()], draft.uses);
  const { packageJson } = packages;
  const install = packageJson.edits.length > 0;
  const config = await planConfig(
    {
      add: allEntries([...draft.made.values()].map((made) => configEntries(made, tools.catalog))),
      keep: await entriesAfter([...after.keys()], draft.made, tools),
      packageJson,
    },
    tools,
  );
  const records = await ledger.plan(
    { ...draft.ledger, dependencies: packages.records, config: config.records },
    profile.style,
  );
  checkAborted(signal);
  const manifest = fileOf(posix.join(profile.packageDir, 'package.json'), packageJson);
  const all = [...draft.files, ...config.files, manifest, ...records];
  const changes = all.some(({ action }) => action !== 'same');
  return {
    change: draft.change,
    instances: draft.instances,
    conflicts: draft.conflicts,
    profile,
    files: (['create', 'edit', 'delete', 'same'] as const).flatMap((action) =>
      all.filter((file) => file.action === action),
    ),
    dependencies: packages.dependencies,
    // Where something is left to do by hand the plan as a whole is refused; an entry is not worth that.
    wiring: [...draft.wiring, ...config.wiring.filter(({ status }) => status !== 'manual')],
    commands: changes
      ? commandsFor(profile, { install, testScript: packages.testScript }, from)
      : [],
    warnings: [
      ...draft.warnings,
      ...packages.warnings,
      ...config.warnings,
      ...config.wiring.flatMap(noteWarnings),
      ...config.wiring.flatMap(manualWarnings),
    ],
  };
}

/** A plan that leaves everything as it is. */
export function nothingToDo(
  draft: Pick<LifecyclePlan, 'change' | 'instances' | 'wiring' | 'warnings'>,
  { profile }: LifecycleTools,
): LifecyclePlan {
  const { change, instances, wiring, warnings } = draft;
  return {
    change,
    instances,
    conflicts: [],
    profile,
    files: [],
    dependencies: { add: {}, dev: {} },
    wiring,
    commands: [],
    warnings,
  };
}

function instancesAfter(
  { ledger: { instances: changed } }: Draft,
  { ledger }: LifecycleTools,
): ReadonlyMap<string, InstanceRecord> {
  const kept = [...ledger.receipt.instances].filter(([instance]) => !changed.has(instance));
  const renewed = [...changed].flatMap(([instance, to]): [string, InstanceRecord][] =>
    to === undefined ? [] : [[instance, to.record]],
  );
  return new Map([...kept, ...renewed]);
}

/** The texts that a plan's files will have; undefined for those that go. */
export function textsAfter(files: readonly PlannedFile[]): ReadonlyMap<string, string | undefined> {
  return new Map(files.map((file) => [file.path, textAfter(file)]));
}

function textAfter(file: PlannedFile): string | undefined {
  switch (file.action) {
    case 'create':
    case 'same':
      return file.text;
    case 'edit':
      return file.after;
    case 'delete':
      return undefined;
  }
}
