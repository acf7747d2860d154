import * as vscode from 'vscode';
import { exists, removeIfEmpty } from './apply.ts';
import type { Applied } from './apply.ts';
import { currentDocument } from './current-document.ts';
import { UserError } from './errors.ts';
import type { MergeEditors } from './merge-editor.ts';
import { readText, sameText } from './workspace-files.ts';

/**
 * Takes an apply back as one `WorkspaceEdit`: deletes what it created, restores what it changed and deleted, removes the folders it made.
 * What came out of a merge by hand goes with it, for the merge was of this apply.
 * Throws `UserError`, having written nothing, when one of the files is no longer what was applied or merged.
 */
export async function takeBack(applied: Applied, merges: MergeEditors): Promise<void> {
  await merges.settled();
  const touched = await touchedSince(applied, merges);
  if (touched.length > 0) {
    throw new UserError(
      vscode.l10n.t('{0} changed since; nothing was taken back.', touched.join(', ')),
      vscode.l10n.t('Use Undo in the editor, or your source control.'),
    );
  }
  if (!(await merges.leave(applied.changed.map(({ uri }) => uri)))) {
    throw new UserError(
      vscode.l10n.t('A file is still being merged; nothing was taken back.'),
      vscode.l10n.t('Close its merge editor first.'),
    );
  }
  const edit = await backwards(applied);
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    throw new UserError(
      vscode.l10n.t('VS Code refused to take the change back; nothing was written.'),
      vscode.l10n.t('Use Undo in the editor, or your source control.'),
    );
  }
  for (const folder of applied.folders) await removeIfEmpty(folder);
}

/** Files that are neither what was applied nor what was merged of it. */
async function touchedSince(applied: Applied, merges: MergeEditors): Promise<readonly string[]> {
  const touched: vscode.Uri[] = [];
  for (const { uri } of applied.deleted) {
    if (await exists(uri)) touched.push(uri);
  }
  for (const { uri, after } of applied.changed) {
    const text = (await currentDocument(uri)).getText();
    if (!sameText(text, after) && !merges.accountsFor(uri, text)) touched.push(uri);
  }
  const texts = await Promise.all(applied.created.map(({ uri }) => readText(uri)));
  for (const [index, { uri, text }] of applied.created.entries()) {
    if (!sameText(texts[index] ?? '', text)) touched.push(uri);
  }
  return touched.map((uri) => vscode.workspace.asRelativePath(uri));
}

async function backwards(applied: Applied): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, bytes } of applied.deleted) {
    edit.createFile(uri, { contents: bytes, overwrite: false });
  }
  for (const { uri, before } of applied.changed) {
    const document = await currentDocument(uri);
    const end = document.positionAt(document.getText().length);
    edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), before);
  }
  for (const { uri } of applied.created) edit.deleteFile(uri, { ignoreIfNotExists: true });
  return edit;
}
