import * as vscode from 'vscode';
import { applyFiles } from '../apply.ts';
import { patternArgument } from '../contributions.ts';
import type { LazyEngine } from '../engine.ts';
import { UserError } from '../errors.ts';
import type { Patterns } from '../patterns.ts';
import { WorkspaceFiles } from '../workspace-files.ts';

/** Copies a pattern among the own templates of a workspace folder and opens the copy. One undo takes it back. */
export async function eject(engine: LazyEngine, patterns: Patterns, given: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new UserError(
      vscode.l10n.t('Own templates are read and written only in a trusted workspace.'),
      vscode.l10n.t('Trust it by “Workspaces: Manage Workspace Trust”, then try again.'),
    );
  }
  const folder = await chooseFolder();
  const id = folder && (patternArgument(given) ?? (await choosePattern(patterns)));
  if (folder === undefined || id === undefined) return;
  const files = new WorkspaceFiles(folder.uri);
  const plan = await (await engine.load()).eject(id, files, '');
  const { created } = await applyFiles(plan.files, files);
  const manifest = files.uri(`${plan.folder}/pattern.json`);
  if (manifest) await vscode.window.showTextDocument(manifest);
  void vscode.window.showInformationMessage(
    created.length === 0
      ? vscode.l10n.t('{0} is there already; there is nothing to do.', plan.folder)
      : vscode.l10n.t(
          'The copy in {0} takes the place of the pattern now. Change it, and raise its version.',
          plan.folder,
        ),
  );
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    return vscode.window.showWorkspaceFolderPick({
      placeHolder: vscode.l10n.t('Own templates of which folder?'),
      ignoreFocusOut: true,
    });
  }
  const [only] = folders;
  if (only) return only;
  throw new UserError(
    vscode.l10n.t('No folder is open.'),
    vscode.l10n.t('Open the folder of a TypeScript project and try again.'),
  );
}

async function choosePattern(patterns: Patterns): Promise<string | undefined> {
  const items = [...(await patterns.catalog()).patterns.values()]
    .filter(({ own, scaffold }) => own === undefined && scaffold !== undefined)
    .map(({ id, title, intent }) => ({ label: title, detail: intent, id }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Make which pattern your own?'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.id;
}
