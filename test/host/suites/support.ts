import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as vscode from 'vscode';
import type { ScaffoldArguments, ScaffoldResult } from '../../../src/editor/contributions.ts';
import { currentDocument } from '../../../src/editor/current-document.ts';
import type { TestApi } from '../../../src/extension.ts';

export const extensionId = 'patternsmith.patternsmith';

export async function activated(): Promise<vscode.Extension<TestApi>> {
  const extension = vscode.extensions.getExtension<TestApi>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not installed`);
  await extension.activate();
  return extension;
}

/** Code of the engine's error that was told last, or its name and message. */
export async function lastError(): Promise<string> {
  const error = (await activated()).exports.errors.last;
  if (error instanceof Error && 'code' in error) return String(error.code);
  return String(error);
}

export function folder(name?: string): vscode.WorkspaceFolder {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = name === undefined ? folders[0] : folders.find((it) => it.name === name);
  if (!found) throw new Error(`no workspace folder ${name ?? ''}`);
  return found;
}

export function file(path: string, of = folder()): vscode.Uri {
  return vscode.Uri.joinPath(of.uri, path);
}

/** Every file below a folder with its bytes as Latin-1, and every folder with a trailing slash. */
export type Snapshot = ReadonlyMap<string, string>;

export function snapshot(of = folder()): Snapshot {
  const root = of.uri.fsPath;
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isDirectory()
      ? ([`${relative(root, path)}/`, ''] as const)
      : ([relative(root, path), readFileSync(path, 'latin1')] as const);
  });
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const filesOf = (snapshot: Snapshot): Snapshot =>
  new Map([...snapshot].filter(([path]) => !path.endsWith('/')));

/** Puts a folder back to what a snapshot has seen. */
export function restore(wanted: Snapshot, of = folder()): void {
  const root = of.uri.fsPath;
  const now = snapshot(of);
  for (const path of now.keys()) {
    if (!wanted.has(path)) rmSync(join(root, path), { recursive: true, force: true });
  }
  for (const [path, text] of filesOf(wanted)) {
    if (now.get(path) === text) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, 'latin1');
  }
}

export async function scaffold(args: ScaffoldArguments): Promise<ScaffoldResult | undefined> {
  return vscode.commands.executeCommand('patternsmith.scaffold', args);
}

export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function tab(label: string): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .find((it) => it.label.startsWith(label));
}

/** The preview once it is there to stay. */
export function preview(title: string): Promise<vscode.Tab> {
  return until('the preview', () => {
    const found = tab(title);
    return found && !found.isPreview ? found : undefined;
  });
}

/** Saves nothing, closes everything. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((it) => it.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export async function edit(uri: vscode.Uri, text: string, line = 0): Promise<vscode.TextDocument> {
  // An earlier test has restored the file, of which the watcher may not have told yet.
  const editor = await vscode.window.showTextDocument(await currentDocument(uri));
  await editor.edit((builder) => builder.insert(new vscode.Position(line, 0), text));
  return editor.document;
}
