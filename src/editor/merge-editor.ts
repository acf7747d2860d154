import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { LifecyclePlan, MergeConflict } from '../plan/types.ts';
import { commandIds } from './contributions.ts';
import { readAgain } from './current-document.ts';
import type { LazyEngine } from './engine.ts';
import type { ErrorReporter } from './errors.ts';
import type { VirtualDocuments } from './virtual-documents.ts';
import { readText, sameText } from './workspace-files.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** VS Code's own, as its Git extension calls it; no API has it. */
const openMergeEditor = '_open.mergeEditor';

/** Where merges that are not over are kept, should the window be closed before they are. */
const STORED = 'patternsmith.merges';

/** A file that VS Code's merge editor was opened for. */
interface Merge {
  readonly id: string;
  /** URI of the file. */
  readonly output: string;
  readonly conflict: Pick<MergeConflict, 'base' | 'current' | 'incoming'>;
  /** The file with both sides between conflict markers, as the update has left it. */
  readonly marked: string;
  /** What the merge editor has put in its place to begin with; undefined until then. */
  readonly begun?: string;
}

export interface MergeServices {
  readonly documents: VirtualDocuments;
  readonly engine: LazyEngine;
  readonly errors: ErrorReporter;
  readonly stored: vscode.Memento;
}

/**
 * Opens each file that has conflict markers now in the 3-way merge editor; where the editor has none, the file itself, whose markers VS Code
 * knows as well. The merge editor begins with neither side of a conflict, and lets that be saved: so, once it is closed, both sides are put
 * back between their markers wherever nobody has decided. No line of the user's goes without their having seen to it.
 */
export class MergeEditors implements vscode.Disposable {
  readonly #services: MergeServices;
  readonly #subscriptions: vscode.Disposable;
  /** Those that are not over, by the file's URI. */
  readonly #merges: Map<string, Merge>;
  /** The others were left by a window that is closed; no update of theirs can be undone any more. */
  readonly #ofThisSession = new Set<string>();
  /** What is being done about those that were closed. */
  readonly #work = new Set<Promise<void>>();
  /** What came out of the others in this session, by the file's URI. */
  readonly #results = new Map<string, string>();

  constructor(services: MergeServices) {
    this.#services = services;
    const left = services.stored.get<readonly Merge[]>(STORED, []);
    this.#merges = new Map(left.map((merge) => [merge.output, merge]));
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#begins(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        const closed = [...this.#merges.values()].find((merge) => isShownBy(merge, uri));
        if (closed) this.#watch(() => this.#settle(closed));
      }),
      // A merge editor that is closed right after it was opened never lets go of its documents.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const uri of closed.flatMap((tab) => mergedIn(tab) ?? [])) {
          const merge = this.#merges.get(uri.toString());
          if (merge && !tabOf(uri)) this.#watch(() => this.#settle(merge));
        }
      }),
      // No merge editor survives the window: what it has left unsaved comes back as an ordinary file.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const merge = this.#merges.get(uri.toString());
        if (merge && !isOpen(merge)) this.#watch(() => this.#settle(merge));
      }),
    );
    for (const merge of left) this.#watch(() => this.#resume(merge));
  }

  async open(plan: LifecyclePlan, files: WorkspaceFiles): Promise<void> {
    const known = (await vscode.commands.getCommands()).includes(openMergeEditor);
    for (const conflict of plan.conflicts) {
      const output = files.uri(conflict.path);
      const file = plan.files.find(({ path }) => path === conflict.path);
      if (!output || file?.action !== 'edit') continue;
      if (known) {
        const merge = this.#begin(conflict, output, file.after);
        await vscode.commands.executeCommand(openMergeEditor, this.#input(merge, output));
      } else {
        await vscode.window.showTextDocument(output, { preview: false });
      }
    }
  }

  /** Resolves once nothing more is put back into files whose merge editor was closed. */
  async settled(): Promise<void> {
    await Promise.all(this.#work);
  }

  /** Whether a file's text is what a merge has made of it, and nothing was typed since; true while it is being merged. */
  accountsFor(uri: vscode.Uri, text: string): boolean {
    const result = this.#results.get(uri.toString());
    return this.#merges.has(uri.toString()) || (result !== undefined && sameText(result, text));
  }

  /** Closes the merge editors of these files without saving. False: the user wants one of them to stay. */
  async leave(uris: readonly vscode.Uri[]): Promise<boolean> {
    for (const uri of uris) {
      const merge = this.#merges.get(uri.toString());
      if (!merge) continue;
      // Else what it leaves would be seen to as a merge that is over.
      this.#end(merge);
      const tab = tabOf(uri);
      if (tab?.isActive && tab.group.isActive) {
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      } else if (tab && !(await vscode.window.tabGroups.close(tab))) {
        this.#keep(merge);
        return false;
      }
    }
    return true;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #watch(run: () => Promise<void>): void {
    const work = this.#services.errors.watch(run).then(() => {
      this.#work.delete(work);
    });
    this.#work.add(work);
  }

  #begin({ base, current, incoming }: MergeConflict, output: vscode.Uri, marked: string): Merge {
    const conflict = { base, current, incoming };
    const merge = { id: randomUUID(), output: output.toString(), conflict, marked };
    this.#results.delete(merge.output);
    this.#ofThisSession.add(merge.id);
    this.#keep(merge);
    return merge;
  }

  /** The first text without markers is what the merge editor begins with. */
  #begins(document: vscode.TextDocument): void {
    const merge = this.#merges.get(document.uri.toString());
    if (!merge || merge.begun !== undefined) return;
    const text = document.getText();
    if (!/^<{7} /m.test(text)) this.#keep({ ...merge, begun: text });
  }

  /** After the window was opened again. What was never saved may still come back, and is seen to when it is saved. */
  async #resume(merge: Merge): Promise<void> {
    const output = vscode.Uri.parse(merge.output);
    // The texts of its sides are gone: the tab could only say so.
    const tab = tabOf(output);
    if (tab) await vscode.window.tabGroups.close(tab);
    const text = await readText(output);
    if (text === undefined || merge.begun === undefined) this.#end(merge);
    else if (!sameText(text, merge.marked)) await this.#settle(merge);
  }

  async #settle(merge: Merge): Promise<void> {
    if (!this.#end(merge)) return;
    const { conflict, marked, begun } = merge;
    const output = vscode.Uri.parse(merge.output);
    const saved = await readText(output);
    if (saved === undefined) return;
    this.#results.set(merge.output, saved);
    if (begun === undefined) return;
    const engine = await this.#services.engine.load();
    const { text, open } = await engine.openConflicts({ conflict, marked, begun, saved });
    if (open === 0) return;
    this.#results.set(merge.output, text);
    const document = await vscode.workspace.openTextDocument(output);
    // A window that is closed right after a save comes back with what was unsaved before it; as that is older than the file, it could not be saved.
    if (document.isDirty && sameText(document.getText(), saved)) await readAgain(document);
    if (!document.isDirty && sameText(document.getText(), text)) return;
    const end = document.positionAt(document.getText().length);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(output, new vscode.Range(new vscode.Position(0, 0), end), text);
    await vscode.workspace.applyEdit(edit);
    // Also with what was typed meanwhile: on the disk, the user's lines are still gone.
    await document.save();
    void sayOpen(output, open, this.#ofThisSession.has(merge.id));
  }

  #keep(merge: Merge): void {
    this.#merges.set(merge.output, merge);
    this.#store();
  }

  /** False: it is over already. */
  #end(merge: Merge): boolean {
    if (this.#merges.get(merge.output)?.id !== merge.id) return false;
    this.#merges.delete(merge.output);
    this.#store();
    return true;
  }

  #store(): void {
    void this.#services.stored.update(STORED, [...this.#merges.values()]);
  }

  #input({ id, conflict: { base, current, incoming } }: Merge, output: vscode.Uri) {
    const text = (side: string, content: string) =>
      this.#services.documents.provide(output.path, `merge-${id}-${side}`, content);
    return {
      base: text('base', base),
      input1: {
        uri: text('incoming', incoming),
        title: vscode.l10n.t('Incoming'),
        description: vscode.l10n.t('as the newest template generates it'),
      },
      input2: {
        uri: text('current', current),
        title: vscode.l10n.t('Current'),
        description: vscode.l10n.t('as you have it'),
      },
      output,
    };
  }
}

/** The merge editor holds the documents of both sides as long as it is open. */
function isShownBy({ id }: Merge, { query }: vscode.Uri): boolean {
  return query === `merge-${id}-current`;
}

function isOpen(merge: Merge): boolean {
  return vscode.workspace.textDocuments.some(({ uri }) => isShownBy(merge, uri));
}

/** The tab of a merge editor; the API says of its input no more than what it is made of. */
function tabOf(output: vscode.Uri): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find((tab) => mergedIn(tab)?.toString() === output.toString());
}

function mergedIn({ input }: vscode.Tab): vscode.Uri | undefined {
  const result = (input as { readonly result?: unknown } | undefined)?.result;
  return result instanceof vscode.Uri ? result : undefined;
}

async function sayOpen(output: vscode.Uri, open: number, canUndo: boolean): Promise<void> {
  const file = vscode.workspace.asRelativePath(output);
  const openFile = vscode.l10n.t('Open File');
  const undo = canUndo ? [vscode.l10n.t('Undo the Update')] : [];
  const text =
    open === 1
      ? vscode.l10n.t(
          '{0}: one conflict was left open. Both sides stand between conflict markers again.',
          file,
        )
      : vscode.l10n.t(
          '{0}: {1} conflicts were left open. Both sides stand between conflict markers again.',
          file,
          open,
        );
  const chosen = await vscode.window.showWarningMessage(text, openFile, ...undo);
  if (chosen === openFile) await vscode.window.showTextDocument(output);
  else if (chosen) await vscode.commands.executeCommand(commandIds.undoScaffold);
}
