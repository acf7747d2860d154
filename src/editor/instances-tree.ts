import * as vscode from 'vscode';
import type { FileStatus, InstanceStatus } from '../plan/status.ts';
import type { LifecycleArguments } from './contributions.ts';
import { viewIds } from './contributions.ts';
import { hasUpdate, inReadingOrder, patternOf, stateText } from './instances.ts';
import type { Instances, PackageInstances } from './instances.ts';

/** Commands of the tree take an instance's node as their argument. */
export type InstanceNode =
  | { readonly kind: 'package'; readonly of: PackageInstances }
  | { readonly kind: 'problem'; readonly of: PackageInstances }
  | (LifecycleArguments & {
      readonly kind: 'instance';
      readonly instance: string;
      readonly pattern: string;
      readonly of: PackageInstances;
      readonly status: InstanceStatus;
    })
  | {
      readonly kind: 'unit';
      readonly of: PackageInstances;
      readonly instance: string;
      /** As the receipt calls it, e.g. `kernel/clock`. */
      readonly owner: string;
      readonly files: readonly FileStatus[];
    }
  | {
      readonly kind: 'file';
      readonly of: PackageInstances;
      readonly instance: string;
      readonly file: FileStatus;
    };

/** Packages, the instances in them, their own files, and the units that they share with others: each with what became of it. */
export class InstancesTree implements vscode.TreeDataProvider<InstanceNode> {
  readonly #instances: Instances;
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(instances: Instances) {
    this.#instances = instances;
    this.onDidChangeTreeData = instances.onDidChange;
  }

  /** Instances that have an update. */
  async updates(): Promise<number> {
    return (await this.#instances.all()).flatMap(({ instances }) => instances.filter(hasUpdate))
      .length;
  }

  async getChildren(node?: InstanceNode): Promise<InstanceNode[]> {
    if (!node) return (await this.#instances.all()).map((of) => ({ kind: 'package', of }));
    switch (node.kind) {
      case 'package':
        return childrenOf(node.of);
      case 'instance':
        return partsOf(node.of, node.status);
      case 'unit':
        return filesOf(node.of, node.instance, node.files);
      case 'problem':
      case 'file':
        return [];
    }
  }

  getTreeItem(node: InstanceNode): vscode.TreeItem {
    switch (node.kind) {
      case 'package':
        return packageItem(node.of);
      case 'problem':
        return problemItem(node.of);
      case 'instance':
        return instanceItem(node.of, node.status);
      case 'unit':
        return unitItem(node.of, node.instance, node.owner, node.files);
      case 'file':
        return fileItem(node.of, node.instance, node.file);
    }
  }
}

/** The instance's own files, which the user reads first, then the code that it is made of, unit by unit. */
function partsOf(of: PackageInstances, { instance, files }: InstanceStatus): InstanceNode[] {
  const own = files.filter(({ owner }) => owner === `instances/${instance}`);
  const shared = files.filter((file) => !own.includes(file));
  const owners = [...new Set(shared.map(({ owner }) => owner))].sort(
    byPattern(patternOf(instance)),
  );
  return [
    ...filesOf(of, instance, own),
    ...owners.map((owner): InstanceNode => ({
      kind: 'unit',
      of,
      instance,
      owner,
      files: shared.filter((file) => file.owner === owner),
    })),
  ];
}

/** The pattern's own code first. */
function byPattern(pattern: string) {
  const isOwn = (owner: string) => Number(owner === `patterns/${pattern}`);
  return (a: string, b: string) => isOwn(b) - isOwn(a) || (a < b ? -1 : 1);
}

function filesOf(
  of: PackageInstances,
  instance: string,
  files: readonly FileStatus[],
): InstanceNode[] {
  return inReadingOrder(files).map((file) => ({ kind: 'file', of, instance, file }));
}

function childrenOf(of: PackageInstances): InstanceNode[] {
  if (of.problem !== undefined) return [{ kind: 'problem', of }];
  return of.instances.map((status) => ({
    kind: 'instance',
    ...argumentsOf(of, status),
    pattern: patternOf(status.instance),
    of,
    status,
  }));
}

/** What a command needs to find the instance again. */
export function argumentsOf(
  { folder, dir }: PackageInstances,
  { instance }: InstanceStatus,
): { readonly instance: string; readonly folder: string; readonly package: string } {
  return { instance, folder: folder.uri.toString(), package: dir };
}

function packageItem({ folder, dir, receipt }: PackageInstances): vscode.TreeItem {
  const label = dir === '' ? folder.name : (dir.split('/').at(-1) ?? dir);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = receipt.toString();
  item.iconPath = new vscode.ThemeIcon('folder-library');
  if (dir !== '') item.description = `${folder.name}/${dir}`;
  item.contextValue = 'package';
  return item;
}

function problemItem({ problem = '', receipt }: PackageInstances): vscode.TreeItem {
  const item = new vscode.TreeItem(problem);
  item.id = `${receipt.toString()}#problem`;
  item.tooltip = problem;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = 'problem';
  item.command = openCommand(receipt);
  return item;
}

function instanceItem(of: PackageInstances, status: InstanceStatus): vscode.TreeItem {
  const { instance, engine, version, target } = status;
  const item = new vscode.TreeItem(instance, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${of.receipt.toString()}#${instance}`;
  item.description = `${engine} · ${stateText(status)}`;
  item.tooltip = [
    `${instance} ${version}`,
    vscode.l10n.t('Engine: {0}', engine),
    ...(target === undefined ? [] : [vscode.l10n.t('Wired to {0}', target)]),
    stateText(status),
    ...status.notes,
  ].join('\n');
  item.iconPath = stateIcon(status.state, hasUpdate(status));
  item.contextValue = hasUpdate(status) ? 'instance.update' : 'instance';
  return item;
}

function unitItem(
  of: PackageInstances,
  instance: string,
  owner: string,
  files: readonly FileStatus[],
): vscode.TreeItem {
  const state = worstOf(files);
  const update = files.find((file) => file.update !== undefined)?.update;
  const item = new vscode.TreeItem(owner, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${of.receipt.toString()}#${instance}#${owner}`;
  item.description = fileText(state, update);
  item.tooltip = [
    `${owner} ${files[0]?.version ?? ''}`,
    vscode.l10n.t('Shared by all instances that use it. Files: {0}', files.length),
    fileText(state, update),
  ]
    .filter(Boolean)
    .join('\n');
  item.iconPath =
    state === 'clean' && update === undefined
      ? new vscode.ThemeIcon('package')
      : stateIcon(state, update !== undefined);
  item.contextValue = 'unit';
  return item;
}

function fileItem(of: PackageInstances, instance: string, file: FileStatus): vscode.TreeItem {
  const { path, state, owner, version, update } = file;
  const item = new vscode.TreeItem(path.split('/').at(-1) ?? path);
  item.id = `${of.receipt.toString()}#${instance}#${path}`;
  item.description = fileText(state, update);
  item.tooltip = [path, `${owner} ${version}`, fileText(state, update)].filter(Boolean).join('\n');
  const uri = of.files.uri(path);
  // What is as it was generated looks as in the explorer, with the theme's icon for it.
  if (uri) item.resourceUri = uri;
  item.iconPath =
    state === 'clean' && update === undefined
      ? vscode.ThemeIcon.File
      : stateIcon(state, update !== undefined);
  item.contextValue = `file.${state}`;
  if (uri && state !== 'missing') item.command = openCommand(uri);
  return item;
}

/** What became of a file or a unit; empty where it is as it was generated. */
function fileText(state: FileStatus['state'], update: string | undefined): string {
  const said = {
    clean: undefined,
    modified: vscode.l10n.t('modified'),
    missing: vscode.l10n.t('missing'),
  }[state];
  const newer = update === undefined ? undefined : vscode.l10n.t('update to {0}', update);
  return [said, newer].filter((part) => part !== undefined).join(' · ');
}

function worstOf(files: readonly FileStatus[]): FileStatus['state'] {
  const states = new Set(files.map(({ state }) => state));
  if (states.has('missing')) return 'missing';
  return states.has('modified') ? 'modified' : 'clean';
}

/** The theme's own colours for such states, so that they are told apart in high contrast too; the words beside say the same. */
function stateIcon(state: FileStatus['state'], update: boolean): vscode.ThemeIcon {
  const icon = (id: string, color: string) =>
    new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
  if (state === 'missing') return icon('warning', 'list.warningForeground');
  if (update) return icon('arrow-circle-up', 'charts.blue');
  return state === 'modified'
    ? icon('edit', 'gitDecoration.modifiedResourceForeground')
    : icon('pass', 'testing.iconPassed');
}

function openCommand(uri: vscode.Uri): vscode.Command {
  return { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
}

/** The view, with the number of updates on its icon; nothing else tells of them. */
export function registerInstancesTree(tree: InstancesTree): vscode.Disposable {
  const view = vscode.window.createTreeView(viewIds.instances, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const count = async () => {
    if (!view.visible) return;
    const value = await tree.updates();
    const tooltip = value === 1 ? vscode.l10n.t('One update') : vscode.l10n.t('{0} updates', value);
    view.badge = value === 0 ? undefined : { value, tooltip };
  };
  return vscode.Disposable.from(
    view,
    tree.onDidChangeTreeData(count),
    view.onDidChangeVisibility(count),
  );
}
