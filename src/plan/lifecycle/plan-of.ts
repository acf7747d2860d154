import { commandsFor } from '../commands.ts';
import type { LedgerChange } from '../bookkeeping.ts';
import { checkAborted } from '../errors.ts';
import type { InstanceRecord } from '../receipt.ts';
import type { LifecyclePlan, PlannedFile } from '../types.ts';
import type { Use } from './importers.ts';
import { planPackages } from './packages.ts';
import type { LifecycleTools } from './tools.ts';

/** What a lifecycle plan does, before package.json and the receipt are brought in line with it. */
export interface Draft extends Pick<
  LifecyclePlan,
  'change' | 'instances' | 'conflicts' | 'wiring' | 'warnings'
> {
  readonly files: readonly PlannedFile[];
  readonly ledger: Omit<LedgerChange, 'dependencies'>;
  /** What is imported in the package afterwards; undefined where nothing goes. */
  readonly uses: readonly Use[] | undefined;
}

/** The plan with the user's package.json and the receipt. */
export async function planOf(draft: Draft, tools: LifecycleTools): Promise<LifecyclePlan> {
  const { profile, ledger, from, signal } = tools;
  const packages = await planPackages(tools, instancesAfter(draft, tools), draft.uses);
  const records = await ledger.plan(
    { ...draft.ledger, dependencies: packages.records },
    profile.style,
  );
  checkAborted(signal);
  const all = [...draft.files, packages.file, ...records];
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
    wiring: draft.wiring,
    commands: changes
      ? commandsFor(
          profile,
          { install: packages.file.action === 'edit', testScript: packages.testScript },
          from,
        )
      : [],
    warnings: [...draft.warnings, ...packages.warnings],
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
): readonly InstanceRecord[] {
  const kept = [...ledger.receipt.instances].filter(([instance]) => !changed.has(instance));
  const renewed = [...changed.values()].flatMap((to) => (to === undefined ? [] : [to.record]));
  return [...kept.map(([, record]) => record), ...renewed];
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
