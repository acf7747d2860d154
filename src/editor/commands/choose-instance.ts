import * as vscode from 'vscode';
import type { InstanceStatus } from '../../plan/status.ts';
import type { LifecycleArguments } from '../contributions.ts';
import { UserError } from '../errors.ts';
import { placeText, stateText } from '../instances.ts';
import type { PackageInstances } from '../instances.ts';

/** An instance; or all of a package, or of every package of a workspace folder. */
export interface Chosen {
  /** All in one workspace folder; never empty. */
  readonly packages: readonly PackageInstances[];
  /** Undefined: all of them. */
  readonly status: InstanceStatus | undefined;
}

/** What is there to choose from. */
interface Instance {
  readonly of: PackageInstances;
  readonly status: InstanceStatus;
}

/**
 * What the arguments name, else what the user picks; undefined where nothing is picked. Throws `UserError` where that is not there.
 * @param orAll all instances of a package, or of all packages of a folder, can be chosen as well
 */
export async function chooseInstance(
  present: readonly PackageInstances[],
  args: LifecycleArguments,
  orAll: boolean,
): Promise<Chosen | undefined> {
  const packages = present.filter(
    ({ folder, dir }) =>
      (args.folder === undefined || folder.uri.toString() === args.folder) &&
      (args.package === undefined || dir === args.package),
  );
  const fitting = packages.flatMap((of) =>
    of.instances
      .filter(({ instance }) => args.instance === undefined || instance === args.instance)
      .map((status): Instance => ({ of, status })),
  );
  const [only, ...more] = fitting;
  if (!only) throw nothingThere(args.instance, packages.find((of) => of.problem)?.problem);
  if (args.instance !== undefined && more.length === 0) {
    return { packages: [only.of], status: only.status };
  }
  const folders = [...new Set(packages.map(({ folder }) => folder.uri.toString()))];
  const byFolder = folders.map((uri) =>
    packages.filter(({ folder }) => folder.uri.toString() === uri),
  );
  if (orAll && args.all && byFolder.length === 1) return { packages, status: undefined };
  return pick(fitting, orAll && args.instance === undefined ? byFolder : []);
}

function nothingThere(instance: string | undefined, problem: string | undefined): UserError {
  if (problem !== undefined) return new UserError(problem, '');
  return instance === undefined
    ? new UserError(
        vscode.l10n.t('Nothing was scaffolded in this workspace.'),
        vscode.l10n.t('Run “Patternsmith: Scaffold Pattern…” first.'),
      )
    : new UserError(
        vscode.l10n.t('There is no instance “{0}” in this workspace.', instance),
        vscode.l10n.t('Run “Patternsmith: Show Status…” to see those that there are.'),
      );
}

interface ChosenItem extends vscode.QuickPickItem {
  readonly chosen?: Chosen;
}

async function pick(
  fitting: readonly Instance[],
  byFolder: readonly (readonly PackageInstances[])[],
): Promise<Chosen | undefined> {
  const several = new Set(fitting.map(({ of }) => of)).size > 1;
  const items = fitting.map(({ of, status }): ChosenItem => ({
    label: status.instance,
    description: `${status.engine} · ${stateText(status)}`,
    ...(several ? { detail: placeText(of) } : {}),
    chosen: { packages: [of], status },
  }));
  const all = fitting.length > 1 ? byFolder.flatMap(allItems) : [];
  const line = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const item = await vscode.window.showQuickPick<ChosenItem>(
    [...all, ...(all.length > 0 ? [line] : []), ...items],
    {
      placeHolder: vscode.l10n.t('Which instance?'),
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return item?.chosen;
}

/** Every package of a folder at once, then each by itself. */
function allItems(packages: readonly PackageInstances[]): readonly ChosenItem[] {
  const readable = packages.filter(({ instances }) => instances.length > 0);
  const each = readable.map((of): ChosenItem => ({
    label: vscode.l10n.t('All instances'),
    description: placeText(of),
    chosen: { packages: [of], status: undefined },
  }));
  if (readable.length <= 1) return each;
  const names = readable.map(({ dir, folder }) => (dir === '' ? folder.name : dir));
  const everything: ChosenItem = {
    label: vscode.l10n.t('All packages'),
    description: packages[0]!.folder.name,
    detail: names.join(', '),
    chosen: { packages, status: undefined },
  };
  return [everything, ...each];
}
