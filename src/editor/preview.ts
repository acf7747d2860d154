import * as vscode from 'vscode';
import type { ChangePlan, PlannedFile } from '../plan/types.ts';
import { contextKeys } from './contributions.ts';
import type { VirtualDocuments } from './virtual-documents.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

export type Decision = 'apply' | 'cancel';

type Change = [
  label: vscode.Uri,
  original: vscode.Uri | undefined,
  modified: vscode.Uri | undefined,
];

interface Pending {
  readonly title: string;
  readonly decide: (decision: Decision) => void;
}

/**
 * Shows a plan as one multi-file diff before anything is written. The URIs of the planned texts keep the path of the real file and
 * differ in scheme and query only, or the diff would show each of them as renamed.
 */
export class Preview implements vscode.Disposable {
  readonly #documents: VirtualDocuments;
  readonly #subscription: vscode.Disposable;
  #pending: Pending | undefined;
  #count = 0;

  constructor(documents: VirtualDocuments) {
    this.#documents = documents;
    this.#subscription = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.some((tab) => shows(tab, this.#pending?.title))) this.decide('cancel');
    });
  }

  /** True while a preview waits for a decision. */
  get pending(): boolean {
    return this.#pending !== undefined;
  }

  /** Opens the diff and waits for Apply or Cancel; closing the tab is Cancel, and so is the next preview. */
  async show(plan: ChangePlan, title: string, files: WorkspaceFiles): Promise<Decision> {
    this.decide('cancel');
    const changes = this.#changes(plan, files);
    const decision = new Promise<Decision>((resolve) => {
      this.#pending = { title, decide: resolve };
    });
    await vscode.commands.executeCommand('vscode.changes', title, changes);
    // Else the next file that the user looks at would take its tab.
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    await setPreviewing(true);
    void this.#ask(plan, this.#pending);
    try {
      return await decision;
    } finally {
      await setPreviewing(false);
      await closeTabs(title);
      // The question may still be on the screen when the answer came from elsewhere; no API takes back a single one.
      await vscode.commands.executeCommand('notifications.hideToasts');
      for (const [, , planned] of changes) if (planned) this.#documents.forget(planned);
    }
  }

  decide(decision: Decision): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.decide(decision);
  }

  dispose(): void {
    this.decide('cancel');
    this.#subscription.dispose();
  }

  /** What `vscode.changes` takes: label, original, modified; undefined where there is none. */
  #changes(plan: ChangePlan, files: WorkspaceFiles): readonly Change[] {
    const query = `preview-${++this.#count}`;
    return reviewOrder(plan).flatMap((file): Change[] => {
      const uri = files.uri(file.path);
      if (!uri || file.action === 'same') return [];
      if (file.action === 'delete') return [[uri, uri, undefined]];
      const text = file.action === 'create' ? file.text : file.after;
      const planned = this.#documents.provide(uri.path, query, text);
      return [[uri, file.action === 'create' ? undefined : uri, planned]];
    });
  }

  /** The buttons in the editor's title do the same; whichever comes first counts. */
  async #ask(plan: ChangePlan, pending: Pending | undefined): Promise<void> {
    const apply = vscode.l10n.t('Apply');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing is written yet. {0}', [summary(plan), ...plan.warnings].join(' ')),
      apply,
      vscode.l10n.t('Cancel'),
    );
    if (answer !== undefined && this.#pending === pending) {
      this.decide(answer === apply ? 'apply' : 'cancel');
    }
  }
}

/** What is kept for later updates; all of it but the receipt repeats what stands elsewhere in the plan. */
function isRecord(path: string): boolean {
  return path.startsWith('.patternsmith/');
}

/** First what changes in the user's own code, then their new files, then generic code, tests, and the records without the copies. */
function reviewOrder({ files, profile }: ChangePlan): readonly PlannedFile[] {
  const rank = ({ action, path }: PlannedFile) => {
    if (isRecord(path)) return 5;
    if (path.endsWith('package.json')) return 2;
    if (action === 'edit') return 0;
    if (action === 'delete') return 4;
    if (/\.(test|spec|contract)\.[jt]s$/.test(path)) return 4;
    return path.slice(0, path.lastIndexOf('/')) === profile.outDir ? 1 : 3;
  };
  return files
    .filter(({ path }) => !path.includes('.patternsmith/base/'))
    .sort((a, b) => rank(a) - rank(b));
}

/** What the plan does, in one line. */
export function summary(plan: ChangePlan): string {
  const count = (action: PlannedFile['action']) =>
    plan.files.filter((file) => file.action === action && !isRecord(file.path)).length;
  const packages = Object.keys({ ...plan.dependencies.add, ...plan.dependencies.dev }).length;
  const unneeded = plan.dependencies.remove?.length ?? 0;
  const manual = plan.wiring.filter((wiring) => wiring.status === 'manual').length;
  return [
    vscode.l10n.t('Files: {0} new, {1} changed.', count('create'), count('edit')),
    count('delete') > 0 && vscode.l10n.t('Deleted: {0}.', count('delete')),
    packages > 0 && vscode.l10n.t('Packages to install: {0}.', packages),
    unneeded > 0 && vscode.l10n.t('Packages no longer needed: {0}.', unneeded),
    manual > 0 && vscode.l10n.t('Steps left to do by hand: {0}.', manual),
  ]
    .filter((part) => part !== false)
    .join(' ');
}

async function setPreviewing(value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', contextKeys.previewing, value);
}

async function closeTabs(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter((tab) => shows(tab, title)));
}

/** VS Code adds the number of files to the title of a multi-file diff. */
function shows(tab: vscode.Tab, title: string | undefined): boolean {
  return title !== undefined && (tab.label === title || tab.label.startsWith(`${title} (`));
}
