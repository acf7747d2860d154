import * as vscode from 'vscode';
import type { FileStatus, InstanceStatus } from '../plan/status.ts';
import { commandIds, settingIds, settingsSection } from './contributions.ts';
import { argumentsOf } from './instances-tree.ts';
import { hasUpdate, patternOf, stateText } from './instances.ts';
import type { Instances, PackageInstances } from './instances.ts';
import type { Patterns } from './patterns.ts';

export function registerCodeLens(instances: Instances, patterns: Patterns): vscode.Disposable {
  const provider = new InstanceLens(instances, patterns);
  return vscode.Disposable.from(
    provider,
    vscode.languages.registerCodeLensProvider(
      [
        { language: 'typescript', scheme: '*' },
        { language: 'javascript', scheme: '*' },
      ],
      provider,
    ),
  );
}

/** Says above an instance's own file what it is, and offers what can be done with it. */
class InstanceLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #instances: Instances;
  readonly #patterns: Patterns;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(instances: Instances, patterns: Patterns) {
    this.#instances = instances;
    this.#patterns = patterns;
    const changed = () => this.#changed.fire();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      instances.onDidChange(changed),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${settingsSection}.${settingIds.codeLens}`)) changed();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(changed),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const settings = vscode.workspace.getConfiguration(settingsSection, document);
    if (!settings.get(settingIds.codeLens, true)) return [];
    const found = ownerOf(await this.#instances.all(), document.uri);
    return found ? this.#lenses(found, document.uri) : [];
  }

  async #lenses({ of, status, file }: Owner, uri: vscode.Uri): Promise<vscode.CodeLens[]> {
    const pattern = patternOf(status.instance);
    const engines =
      (await this.#patterns.catalogOf(of.files, of.dir)).patterns.get(pattern)?.engines ?? [];
    const args = argumentsOf(of, status);
    const lens = (title: string, command: string, given: unknown = args) =>
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command, arguments: [given] });
    const trusted = vscode.workspace.isTrusted;
    return [
      lens(`${pattern} · ${status.engine} · ${stateText(status)}`, commandIds.status),
      ...(file.state === 'modified'
        ? [lens(vscode.l10n.t('Compare with generated'), commandIds.compare, uri)]
        : []),
      ...(trusted && engines.length > 1
        ? [lens(vscode.l10n.t('Switch engine…'), commandIds.switchEngine)]
        : []),
      ...(trusted && hasUpdate(status) ? [lens(vscode.l10n.t('Update'), commandIds.update)] : []),
      lens(vscode.l10n.t('Open page'), commandIds.openPage, pattern),
    ];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

interface Owner {
  readonly of: PackageInstances;
  readonly status: InstanceStatus;
  readonly file: FileStatus;
}

/** The instance that a file belongs to; undefined for the user's own files and for shared units. */
function ownerOf(packages: readonly PackageInstances[], uri: vscode.Uri): Owner | undefined {
  for (const of of packages) {
    const path = of.files.path(uri);
    for (const status of of.instances) {
      const file = status.files.find(
        (it) => it.path === path && it.owner === `instances/${status.instance}`,
      );
      if (file) return { of, status, file };
    }
  }
  return undefined;
}
