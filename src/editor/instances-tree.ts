import * as vscode from 'vscode';
import type { FileStatus, InstanceStatus } from '../plan/status.ts';
import type { LifecycleArguments } from './contributions.ts';
import { viewIds } from './contributions.ts';
import { hasUpdate, patternOf, stateText } from './instances.ts';
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
      readonly kind: 'file';
      readonly of: PackageInstances;
      readonly instance: string;
      readonly file: FileStatus;
    };

/** Packages, the instances in them, and their files, each with what became of it. */
export class InstancesTree implements vscode.TreeDataProvider<InstanceNode> {
  readonly #instances: Instances;
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(instances: Instances) {
    this.#instances = instances;
    this.onDidChangeTreeData = instances.onDidChange;
  }

  async getChildren(node?: InstanceNode): Promise<InstanceNode[]> {
    if (!node) return (await this.#instances.all()).map((of) => ({ kind: 'package', of }));
    if (node.kind === 'package') return childrenOf(node.of);
    if (node.kind !== 'instance') return [];
    const { of, instance, status } = node;
    const own = (file: FileStatus) => file.owner === `instances/${instance}`;
    return [...status.files]
      .sort((a, b) => Number(own(b)) - Number(own(a)))
      .map((file) => ({ kind: 'file', of, instance, file }));
  }

  getTreeItem(node: InstanceNode): vscode.TreeItem {
    switch (node.kind) {
      case 'package':
        return packageItem(node.of);
      case 'problem':
        return problemItem(node.of);
      case 'instance':
        return instanceItem(node.of, node.status);
      case 'file':
        return fileItem(node.of, node.instance, node.file);
    }
  }
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
  ].join('\n');
  item.iconPath = stateIcon(status.state, hasUpdate(status));
  item.contextValue = hasUpdate(status) ? 'instance.update' : 'instance';
  return item;
}

function fileItem(of: PackageInstances, instance: string, file: FileStatus): vscode.TreeItem {
  const { path, state, owner, version, update } = file;
  const item = new vscode.TreeItem(path.split('/').at(-1) ?? path);
  item.id = `${of.receipt.toString()}#${instance}#${path}`;
  const said = {
    clean: undefined,
    modified: vscode.l10n.t('modified'),
    missing: vscode.l10n.t('missing'),
  }[state];
  const shared = owner.startsWith('instances/') ? undefined : owner;
  const newer = update === undefined ? undefined : vscode.l10n.t('update to {0}', update);
  item.description = [said, newer, shared].filter((part) => part !== undefined).join(' · ');
  item.tooltip = `${path}\n${owner} ${version}`;
  item.iconPath = stateIcon(state, update !== undefined);
  item.contextValue = `file.${state}`;
  const uri = of.files.uri(path);
  if (uri && state !== 'missing') item.command = openCommand(uri);
  return item;
}

function stateIcon(state: FileStatus['state'], update: boolean): vscode.ThemeIcon {
  if (state === 'missing') {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  }
  if (update) return new vscode.ThemeIcon('arrow-circle-up');
  return new vscode.ThemeIcon(state === 'modified' ? 'edit' : 'pass');
}

function openCommand(uri: vscode.Uri): vscode.Command {
  return { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
}

export function registerInstancesTree(tree: InstancesTree): vscode.Disposable {
  return vscode.window.registerTreeDataProvider(viewIds.instances, tree);
}
