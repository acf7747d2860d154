import * as vscode from 'vscode';
import { WorkspaceFiles } from './workspace-files.ts';

/** Where a scaffold goes: a workspace folder, and the file or folder in it whose package is meant. */
export interface Place {
  readonly folder: vscode.WorkspaceFolder;
  readonly files: WorkspaceFiles;
  /** Relative to the folder; `''` is the folder itself. */
  readonly near: string;
}

export interface PlaceHint {
  /** What was clicked, or the file that an action came from. */
  readonly uri?: vscode.Uri | undefined;
  /** URI of a workspace folder. */
  readonly folder?: string | undefined;
  readonly near?: string | undefined;
}

/**
 * Finds the place without a question where only one fits: what was clicked, else the active editor, else the only package there is.
 * Undefined: the user has left the question unanswered.
 */
export async function findPlace(hint: PlaceHint): Promise<Place | undefined> {
  const uri = hint.uri ?? (hint.folder === undefined ? activeFile() : undefined);
  const folder = await workspaceFolder(hint, uri);
  if (!folder) return undefined;
  const files = new WorkspaceFiles(folder.uri);
  const near = hint.near ?? (uri && files.path(uri)) ?? (await choosePackage(folder, files));
  return near === undefined ? undefined : { folder, files, near };
}

/** An editor that has just been opened is known by its tab first. */
function activeFile(): vscode.Uri | undefined {
  const tab: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri =
    vscode.window.activeTextEditor?.document.uri ??
    (tab instanceof vscode.TabInputText ? tab.uri : undefined);
  return uri && vscode.workspace.getWorkspaceFolder(uri) ? uri : undefined;
}

async function workspaceFolder(
  hint: PlaceHint,
  uri: vscode.Uri | undefined,
): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (hint.folder !== undefined) {
    return folders.find((folder) => folder.uri.toString() === hint.folder);
  }
  const containing = uri && vscode.workspace.getWorkspaceFolder(uri);
  if (containing) return containing;
  return folders.length <= 1
    ? folders[0]
    : vscode.window.showWorkspaceFolderPick({
        placeHolder: vscode.l10n.t('Scaffold into which folder?'),
        ignoreFocusOut: true,
      });
}

async function choosePackage(
  folder: vscode.WorkspaceFolder,
  files: WorkspaceFiles,
): Promise<string | undefined> {
  const packages = await packageFolders(files);
  if (packages.length <= 1) return packages[0] ?? '';
  const chosen = await vscode.window.showQuickPick(
    packages.map((path) => ({
      label: path === '' ? folder.name : (path.split('/').at(-1) ?? path),
      description: path === '' ? vscode.l10n.t('the workspace root') : path,
      path,
    })),
    {
      placeHolder: vscode.l10n.t('Scaffold into which package?'),
      ignoreFocusOut: true,
      matchOnDescription: true,
    },
  );
  return chosen?.path;
}

const skipped = /^(\.|node_modules\/|dist\/|build\/|out\/|coverage\/|src\/|test\/)/;

/** How deep packages are looked for: `packages/group/name` and a little more. */
const maxDepth = 4;
const maxFolders = 500;

/** Folders with a `package.json`, the root first; never inside dependencies or hidden folders. */
async function packageFolders(files: WorkspaceFiles): Promise<readonly string[]> {
  const found: string[] = [];
  let level = [''];
  let visited = 0;
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const dir of level) {
      if (++visited > maxFolders) return found;
      const names = await files.list(dir);
      if (names.includes('package.json')) found.push(dir);
      const folders = names.filter((name) => name.endsWith('/') && !skipped.test(name));
      next.push(...folders.map((name) => `${dir === '' ? '' : `${dir}/`}${name.slice(0, -1)}`));
    }
    level = next;
  }
  return found;
}
