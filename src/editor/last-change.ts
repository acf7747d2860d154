import * as vscode from 'vscode';
import type { Applied } from './apply.ts';
import { contextKeys } from './contributions.ts';
import type { MergeEditors } from './merge-editor.ts';
import { takeBack } from './take-back.ts';

/** What was written last in this session, whichever command wrote it: it can be taken back. */
export class LastChange {
  readonly #merges: MergeEditors;
  #last: Applied | undefined;

  constructor(merges: MergeEditors) {
    this.#merges = merges;
  }

  async set(applied: Applied | undefined): Promise<void> {
    this.#last = applied;
    await vscode.commands.executeCommand('setContext', contextKeys.canUndo, applied !== undefined);
  }

  /** Throws `UserError`, having written nothing, when a file was changed since. */
  async takeBack(): Promise<void> {
    const last = this.#last;
    if (!last) return;
    await takeBack(last, this.#merges);
    await this.set(undefined);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Took back {0}: the workspace is as before.', last.subject),
    );
  }
}
