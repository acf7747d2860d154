import * as vscode from 'vscode';
import { readText, sameText } from './workspace-files.ts';

/**
 * The document of a file, with what is typed in it, else as the file is on the disk now. VS Code's watcher is late with some changes
 * that other programs make and misses others; until then an open document keeps its old text, and edits to it could not be saved.
 */
export async function currentDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty) return document;
  const saved = await readText(uri);
  if (saved !== undefined && !sameText(document.getText(), saved)) await readAgain(document);
  return document;
}

/** Gives up what the document has and reads its file. Only the active editor can be told to; what had to be opened for it is closed again. */
export async function readAgain(document: vscode.TextDocument): Promise<void> {
  const open = tabsOf(document.uri).length > 0;
  // Not as a preview: that would take the place of what the user has in one.
  await vscode.window.showTextDocument(document, { preview: false });
  await vscode.commands.executeCommand('workbench.action.files.revert');
  if (!open) await vscode.window.tabGroups.close(tabsOf(document.uri), true);
}

function tabsOf(uri: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && sameUri(input.uri, uri));
}

function sameUri(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
