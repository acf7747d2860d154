import * as vscode from 'vscode';
import { UserError } from './errors.ts';

/** Whether a command may write here; where trust is missing it is offered. Throws `UserError` where no folder is open. */
export async function mayWrite(): Promise<boolean> {
  if (!vscode.workspace.workspaceFolders?.length) {
    throw new UserError(
      vscode.l10n.t('No folder is open.'),
      vscode.l10n.t('Open the folder of a TypeScript project and try again.'),
    );
  }
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Patternsmith writes code only in a trusted workspace. Pages and demos work without.',
    ),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}
