import type { FileChange } from '../bookkeeping.ts';
import { checkAborted } from '../errors.ts';
import { refuseWhatIsInTheWay } from '../in-the-way.ts';
import { recordOf } from '../settle.ts';
import type { LifecyclePlan, PlannedFile } from '../types.ts';
import { planOf, textsAfter } from './plan-of.ts';
import { type Remade, renderRemade, renderShared } from './remade.ts';
import { renew, type Renewed } from './renew.ts';
import { retire } from './retire.ts';
import type { LifecycleTools } from './tools.ts';

/**
 * Brings instances to what the catalogue would generate for them now: files are merged with what the user made of them, files and units
 * that are no longer part of it are deleted where they are unmodified.
 * @throws PlanError `CONFLICT` when another file is in the place of a new one
 */
export async function rebuild(
  change: LifecyclePlan['change'],
  remade: readonly Remade[],
  warnings: readonly string[],
  tools: LifecycleTools,
): Promise<LifecyclePlan> {
  const { ledger, signal } = tools;
  const shared = await renderShared(remade, tools);
  const own = await Promise.all(remade.map((each) => renderRemade(each, tools)));
  checkAborted(signal);
  const renewed = await Promise.all([
    ...shared.map((rendered) => renew(rendered, tools, false)),
    ...own.flatMap((files, index) =>
      files.map((rendered) => renew(rendered, tools, remade[index]!.isSwitched)),
    ),
  ]);
  await refuseWhatIsInTheWay(
    renewed.filter((each) => each.taken).map(({ rendered }) => rendered.path),
    renewed.flatMap(({ file }) => (file?.action === 'create' ? [file.path] : [])),
    tools.files,
    'Move or delete what is in the way, then try again.',
  );
  const files = renewed.map(({ file }) => file).filter((file) => file !== undefined);
  const retired = await retireUnused(remade, renewed, files, tools);
  return planOf(
    {
      change,
      instances: touched(remade, renewed),
      conflicts: renewed.flatMap(({ conflict }) => (conflict ? [conflict] : [])),
      wiring: [],
      warnings: [...warnings, ...conflictWarnings(renewed), ...(retired?.warnings ?? [])],
      files: [...files, ...(retired?.files ?? [])],
      uses: retired?.uses,
      made: new Map(remade.map(({ instance, made }) => [instance, made])),
      ledger: {
        instances: new Map(
          remade.map(({ instance, made, record, pattern }) => [
            instance,
            { record: recordOf({ ...made, target: record.target }, ledger, pattern.version) },
          ]),
        ),
        files: new Map([
          ...renewed.map(({ rendered, change: to }): [string, FileChange] => [rendered.path, to]),
          ...(retired?.records ?? []),
        ]),
      },
    },
    tools,
  );
}

/** The instances of which something changes; all, where none does. */
function touched(remade: readonly Remade[], renewed: readonly Renewed[]): readonly string[] {
  const changed = new Set(
    renewed
      .filter(({ file }) => file !== undefined && file.action !== 'same')
      .map(({ rendered }) => rendered.owner),
  );
  const some = remade.filter(({ instance, record, pattern, made, isSwitched }) => {
    const units = made.units.shared.map(({ id }) => id);
    const owners = [`instances/${instance}`, ...units];
    return (
      isSwitched ||
      record.version !== pattern.version ||
      record.uses.length !== units.length ||
      owners.some((owner) => changed.has(owner))
    );
  });
  return (some.length > 0 ? some : remade).map(({ instance }) => instance);
}

/** The files that go: what the instances' units no longer hold, and units that no instance uses any more. */
async function retireUnused(
  remade: readonly Remade[],
  renewed: readonly Renewed[],
  files: readonly PlannedFile[],
  tools: LifecycleTools,
) {
  const { ledger } = tools;
  const { receipt } = ledger;
  const touched = new Set(remade.map(({ instance }) => instance));
  const after = [
    ...remade.flatMap(({ made }) => made.units.shared.map(({ id }) => id)),
    ...[...receipt.instances]
      .filter(([instance]) => !touched.has(instance))
      .flatMap(([, { uses }]) => uses),
  ];
  const unused = remade.flatMap(({ record }) => record.uses).filter((id) => !after.includes(id));
  const written = new Set(renewed.map(({ rendered }) => rendered.path));
  const changedOwners = new Set(
    renewed
      .filter(
        ({ rendered, change: to }) => to.record.version !== ledger.record(rendered.path)?.version,
      )
      .map(({ rendered }) => rendered.owner),
  );
  const owners = [
    ...unused,
    ...changedOwners,
    ...remade.filter(({ isSwitched }) => isSwitched).map(({ instance }) => `instances/${instance}`),
  ];
  // A unit's files in another output folder are those of instances that stay as they are. Its tests may have a folder of their own.
  const { testDir } = tools.profile;
  const homes = [
    ...remade.map(({ made }) => made.out),
    ...(testDir === undefined ? [] : [testDir]),
  ];
  const paths = [...new Set(owners)]
    .flatMap((owner) => ledger.pathsOf(owner))
    .filter((path) => !written.has(path) && homes.some((home) => isBelow(path, home)));
  return paths.length === 0 ? undefined : retire(paths, textsAfter(files), tools);
}

function isBelow(path: string, dir: string): boolean {
  return dir === '' || path.startsWith(`${dir}/`);
}

function conflictWarnings(renewed: readonly Renewed[]): readonly string[] {
  return renewed.flatMap(({ conflict }) =>
    conflict === undefined
      ? []
      : [
          `${conflict.path} was changed in the same place by you and by the new version (${conflict.regions === 1 ? 'one place' : `${conflict.regions} places`}).`,
        ],
  );
}
