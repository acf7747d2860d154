import * as vscode from 'vscode';
import { exists, removeIfEmpty, sameText } from './apply.ts';
import type { Applied } from './apply.ts';
import { UserError } from './errors.ts';
import { readText } from './workspace-files.ts';

/**
 * Takes an apply back as one `WorkspaceEdit`: deletes what it created, restores what it changed and deleted, removes the folders it made.
 * Throws `UserError`, having written nothing, when one of the files is no longer what was applied.
 */
export async function takeBack(applied: Applied): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const touched: string[] = [];
  for (const { uri, bytes } of applied.deleted) {
    if (await exists(uri)) touched.push(vscode.workspace.asRelativePath(uri));
    edit.createFile(uri, { contents: bytes, overwrite: false });
  }
  for (const { uri, before, after } of applied.changed) {
    const document = await vscode.workspace.openTextDocument(uri);
    if (!sameText(document.getText(), after)) touched.push(vscode.workspace.asRelativePath(uri));
    const end = document.positionAt(document.getText().length);
    edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), before);
  }
  const texts = await Promise.all(applied.created.map(({ uri }) => readText(uri)));
  for (const [index, { uri, text }] of applied.created.entries()) {
    if (!sameText(texts[index] ?? '', text)) touched.push(vscode.workspace.asRelativePath(uri));
    edit.deleteFile(uri, { ignoreIfNotExists: true });
  }
  if (touched.length > 0) {
    throw new UserError(
      vscode.l10n.t('{0} changed since; nothing was taken back.', touched.join(', ')),
      vscode.l10n.t('Use Undo in the editor, or your source control.'),
    );
  }
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    throw new UserError(
      vscode.l10n.t('VS Code refused to take the change back; nothing was written.'),
      vscode.l10n.t('Use Undo in the editor, or your source control.'),
    );
  }
  for (const folder of applied.folders) await removeIfEmpty(folder);
}
