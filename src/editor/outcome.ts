import * as vscode from 'vscode';
import type { ChangePlan } from '../plan/types.ts';
import type { Applied } from './apply.ts';
import { commandIds } from './contributions.ts';
import { summary } from './preview.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

interface Offer {
  readonly title: string;
  readonly run: () => Thenable<unknown>;
}

/** Says what was done and offers what comes next. Nothing of it runs unless it is chosen. */
export async function sayApplied(
  applied: Applied,
  done: string,
  files: WorkspaceFiles,
): Promise<void> {
  const { plan } = applied;
  const offers: Offer[] = [
    ...(applied.created.length > 0
      ? [{ title: vscode.l10n.t('Open'), run: () => openInstance(applied) }]
      : []),
    {
      title: vscode.l10n.t('Undo'),
      run: () => vscode.commands.executeCommand(commandIds.undoScaffold),
    },
    ...plan.commands.map((command) => ({
      title: vscode.l10n.t('Run {0}', command),
      run: () => runTask(command, files),
    })),
  ];
  const text = `${done} ${summary(plan)}`;
  const manual = plan.wiring.filter((wiring) => wiring.status === 'manual');
  if (manual.length > 0) void sayManual(plan, files);
  const chosen = await vscode.window.showInformationMessage(
    text,
    ...offers.map(({ title }) => title),
  );
  await offers.find(({ title }) => title === chosen)?.run();
}

/** The file that the user is to read first: their own instance. */
async function openInstance({ subject, created }: Applied): Promise<void> {
  const name = subject.split('/').at(-1) ?? '';
  const own = created.find(({ uri }) => uri.path.split('/').at(-1)?.startsWith(name));
  const uri = (own ?? created.find(({ uri }) => /\.[jt]s$/.test(uri.path)) ?? created[0])?.uri;
  if (uri) await vscode.window.showTextDocument(uri);
}

/** A wiring step that was left to the user: the exact code, and the place. */
export async function sayManual(plan: ChangePlan, files: WorkspaceFiles): Promise<void> {
  for (const step of plan.wiring) {
    if (step.status !== 'manual') continue;
    const open = vscode.l10n.t('Copy Code and Open');
    const where = `${step.file}${step.line === undefined ? '' : `:${step.line}`}`;
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Left to do by hand in {0}: {1}', where, step.reason ?? ''),
      open,
    );
    const uri = files.uri(step.file);
    if (chosen !== open || !uri) continue;
    await vscode.env.clipboard.writeText(step.snippet ?? '');
    // Nothing to open: the file is not there.
    if (step.line === undefined) continue;
    const line = Math.max(step.line - 1, 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(line, 0, line, 0) });
  }
}

/** The plan's commands are meant for the workspace folder. */
async function runTask(command: string, files: WorkspaceFiles): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(files.root);
  if (!vscode.workspace.isTrusted || !folder) return;
  const task = new vscode.Task(
    { type: 'patternsmith', command },
    folder,
    command,
    'Patternsmith',
    new vscode.ShellExecution(command, { cwd: folder.uri.fsPath }),
  );
  await vscode.tasks.executeTask(task);
}
