import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ChangePlan, PlannedFile } from '../plan/types.ts';
import { currentDocument } from './current-document.ts';
import { UserError } from './errors.ts';
import { readText, sameText } from './workspace-files.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

type Creation = Extract<PlannedFile, { action: 'create' }>;
type Change = Extract<PlannedFile, { action: 'edit' }>;
type Deletion = Extract<PlannedFile, { action: 'delete' }>;

/** What an apply has written: enough to take it back. */
export interface Applied {
  readonly plan: ChangePlan;
  /** What it was about, e.g. `cache-aside/user`. */
  readonly subject: string;
  readonly created: readonly { readonly uri: vscode.Uri; readonly text: string }[];
  readonly changed: readonly {
    readonly uri: vscode.Uri;
    readonly before: string;
    readonly after: string;
  }[];
  readonly deleted: readonly { readonly uri: vscode.Uri; readonly bytes: Uint8Array }[];
  /** Folders that were not there before, deepest first. */
  readonly folders: readonly vscode.Uri[];
}

/**
 * Writes the whole plan as one `WorkspaceEdit`, which one undo reverts. Everything is checked first: a target that exists, a file
 * that is no longer what was planned on, one to delete with unsaved typing, a read-only folder or a path out of the workspace throws `UserError` before anything is written.
 */
export async function applyPlan(
  plan: ChangePlan,
  subject: string,
  files: WorkspaceFiles,
): Promise<Applied> {
  return { plan, subject, ...(await applyFiles(plan.files, files)) };
}

/** As `applyPlan`, for files that belong to no scaffold. */
export async function applyFiles(
  planned: readonly PlannedFile[],
  files: WorkspaceFiles,
): Promise<Omit<Applied, 'plan' | 'subject'>> {
  const creations = planned.filter((file) => file.action === 'create');
  const changes = planned.filter((file) => file.action === 'edit');
  const deletions = planned.filter((file) => file.action === 'delete');
  await checkWritable(files);
  const folders = await missingFolders(creations, files);
  await checkInside([...creations, ...changes, ...deletions], folders, files);
  await checkFree(creations, files);
  const documents: vscode.TextDocument[] = [];
  // One after the other: a file that has to be read again is the active editor meanwhile.
  for (const change of changes) documents.push(await openUnchanged(change, files));
  const deleted = await Promise.all(deletions.map((deletion) => readUnchanged(deletion, files)));

  // Creates first: should one of them fail, VS Code then writes nothing at all.
  const edit = new vscode.WorkspaceEdit();
  const created = creations.map(({ path, text }) => ({ uri: inside(path, files), text }));
  for (const { uri, text } of created) {
    edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
  }
  for (const [index, change] of changes.entries()) {
    addTextEdits(edit, documents[index]!.uri, change);
  }
  for (const { uri } of deleted) edit.deleteFile(uri);
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    throw new UserError(
      vscode.l10n.t('VS Code refused the change; nothing was written.'),
      vscode.l10n.t('A file may have changed meanwhile. Run the command again to plan anew.'),
    );
  }
  const changed = changes.map(({ path, before, after }) => ({
    uri: inside(path, files),
    before,
    after,
  }));
  await removeEmptied(deletions, files);
  return { created, changed, deleted, folders };
}

async function checkWritable(files: WorkspaceFiles): Promise<void> {
  const { root } = files;
  const stat = await vscode.workspace.fs.stat(root);
  const readOnly =
    vscode.workspace.fs.isWritableFileSystem(root.scheme) === false ||
    ((stat.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0;
  if (readOnly) throw readOnlyError(root.path);
}

function readOnlyError(path: string): UserError {
  return new UserError(
    vscode.l10n.t('{0} is read-only; nothing was written.', path),
    vscode.l10n.t('Open a copy of the project in a folder that you may write to.'),
  );
}

function inside(path: string, files: WorkspaceFiles): vscode.Uri {
  const uri = files.uri(path);
  if (uri) return uri;
  throw new UserError(
    vscode.l10n.t('The plan would write {0}, outside the workspace; nothing was written.', path),
    vscode.l10n.t('Choose an output folder inside the workspace.'),
  );
}

/** A symbolic link in the project may point anywhere; what is written through it must still stay inside. */
async function checkInside(
  planned: readonly (Creation | Change | Deletion)[],
  missing: readonly vscode.Uri[],
  files: WorkspaceFiles,
): Promise<void> {
  const made = new Set(missing.map(({ path }) => path));
  const existing = new Map<string, vscode.Uri>();
  for (const { path, action } of planned) {
    let uri = inside(path, files);
    if (action === 'create') uri = vscode.Uri.joinPath(uri, '..');
    while (made.has(uri.path)) uri = vscode.Uri.joinPath(uri, '..');
    existing.set(uri.path, uri);
  }
  if (files.root.scheme !== 'file') return;
  const root = vscode.Uri.file(await realpath(files.root.fsPath)).path;
  for (const uri of existing.values()) {
    const real = vscode.Uri.file(await realpath(uri.fsPath)).path;
    if (real === root || real.startsWith(`${root}/`)) continue;
    throw new UserError(
      vscode.l10n.t(
        '{0} is behind a link that leaves the workspace; nothing was written.',
        files.path(uri) ?? uri.path,
      ),
      vscode.l10n.t('Choose an output folder inside the workspace.'),
    );
  }
}

async function checkFree(creations: readonly Creation[], files: WorkspaceFiles): Promise<void> {
  const there = await Promise.all(creations.map(({ path }) => exists(inside(path, files))));
  const taken = creations.filter((_, index) => there[index]).map(({ path }) => path);
  if (taken.length === 0) return;
  throw new UserError(
    vscode.l10n.t('{0} exists already; nothing was written.', taken.join(', ')),
    vscode.l10n.t('Choose another name, or move that file away.'),
  );
}

/** The document that will be edited; it must still be what the edits were computed on, unsaved typing included. */
async function openUnchanged(change: Change, files: WorkspaceFiles): Promise<vscode.TextDocument> {
  const document = await currentDocument(inside(change.path, files));
  if (!sameText(document.getText(), change.before)) {
    throw new UserError(
      vscode.l10n.t('{0} has changed since the preview; nothing was written.', change.path),
      vscode.l10n.t('Scaffold again to plan on the file as it is now.'),
    );
  }
  const stat = await vscode.workspace.fs.stat(document.uri);
  if (((stat.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0) {
    throw readOnlyError(change.path);
  }
  return document;
}

/** The bytes of a file that will be deleted; it must still be what was planned on, and nothing typed in it may be lost. */
async function readUnchanged(
  { path, before }: Deletion,
  files: WorkspaceFiles,
): Promise<{ readonly uri: vscode.Uri; readonly bytes: Uint8Array }> {
  const uri = inside(path, files);
  const unsaved = vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  if (unsaved) {
    throw new UserError(
      vscode.l10n.t('{0} would be deleted, and has unsaved changes; nothing was written.', path),
      vscode.l10n.t('Save or revert it, then run the command again.'),
    );
  }
  if (!sameText((await readText(uri)) ?? '', before)) {
    throw new UserError(
      vscode.l10n.t('{0} has changed since the preview; nothing was written.', path),
      vscode.l10n.t('Run the command again to plan on the file as it is now.'),
    );
  }
  return { uri, bytes: await vscode.workspace.fs.readFile(uri) };
}

/** Folders that the deletions have left empty, up to the root. */
async function removeEmptied(deletions: readonly Deletion[], files: WorkspaceFiles): Promise<void> {
  for (const dir of foldersOf(deletions)) await removeIfEmpty(inside(dir, files));
}

export async function removeIfEmpty(folder: vscode.Uri): Promise<void> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    // Not recursive: what comes up meanwhile must not go with it.
    if (entries.length === 0) await vscode.workspace.fs.delete(folder, { recursive: false });
  } catch {
    // Already gone.
  }
}

/** All folders above the files, deepest first. */
function foldersOf(planned: readonly PlannedFile[]): readonly string[] {
  const dirs = planned.flatMap(({ path }) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(dirs)].sort((a, b) => b.length - a.length);
}

function addTextEdits(edit: vscode.WorkspaceEdit, uri: vscode.Uri, change: Change): void {
  const positions = new Positions(change.before);
  for (const { start, end, text } of change.edits) {
    edit.replace(uri, new vscode.Range(positions.at(start), positions.at(end)), text);
  }
}

/** Offsets into a text as editor positions, which do not depend on how lines end. */
class Positions {
  readonly #lineStarts: number[] = [0];

  constructor(text: string) {
    for (const match of text.matchAll(/\r\n|\r|\n/g)) {
      this.#lineStarts.push(match.index + match[0].length);
    }
  }

  at(offset: number): vscode.Position {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return new vscode.Position(low, offset - this.#lineStarts[low]!);
  }
}

/** Folders that the creations will make, deepest first. */
async function missingFolders(
  creations: readonly Creation[],
  files: WorkspaceFiles,
): Promise<readonly vscode.Uri[]> {
  const uris = foldersOf(creations).map((dir) => inside(dir, files));
  const there = await Promise.all(uris.map(exists));
  return uris.filter((_, index) => !there[index]);
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
