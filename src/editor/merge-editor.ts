import * as vscode from 'vscode';
import type { MergeConflict } from '../plan/types.ts';
import type { VirtualDocuments } from './virtual-documents.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** VS Code's own, as its Git extension calls it; no API has it. */
const openMergeEditor = '_open.mergeEditor';

/**
 * Opens each file that has conflict markers now in the 3-way merge editor; where the editor has none, the file itself, whose markers VS Code
 * knows as well. The file on the disk keeps both sides between its markers until the user saves the merge, which begins with what neither side has changed.
 */
export class MergeEditors {
  readonly #documents: VirtualDocuments;
  #count = 0;

  constructor(documents: VirtualDocuments) {
    this.#documents = documents;
  }

  async open(conflicts: readonly MergeConflict[], files: WorkspaceFiles): Promise<void> {
    const known = (await vscode.commands.getCommands()).includes(openMergeEditor);
    for (const conflict of conflicts) {
      const output = files.uri(conflict.path);
      if (!output) continue;
      if (known) {
        await vscode.commands.executeCommand(openMergeEditor, this.#input(conflict, output));
      } else {
        await vscode.window.showTextDocument(output, { preview: false });
      }
    }
  }

  #input({ base, current, incoming }: MergeConflict, output: vscode.Uri) {
    const merge = ++this.#count;
    const text = (side: string, content: string) =>
      this.#documents.provide(output.path, `merge-${merge}-${side}`, content);
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
