import * as vscode from 'vscode';
import type { PatternCandidate } from '../engine.ts';
import { commandIds, settingIds, settingsSection } from './contributions.ts';
import type { ScaffoldArguments } from './contributions.ts';
import type { LazyEngine } from './engine.ts';
import { readingAt } from './line-target.ts';
import type { Profiles } from './profiles.ts';
import { WorkspaceFiles } from './workspace-files.ts';

const kind = vscode.CodeActionKind.RefactorRewrite.append('patternsmith');

/** Larger files are generated more often than written. */
const maxLength = 500_000;

export function registerCodeActions(
  engine: LazyEngine,
  profiles: Profiles,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    [
      { language: 'typescript', scheme: '*' },
      { language: 'typescriptreact', scheme: '*' },
      { language: 'javascript', scheme: '*' },
      { language: 'javascriptreact', scheme: '*' },
    ],
    new ScaffoldActions(engine, profiles, log),
    { providedCodeActionKinds: [kind] },
  );
}

/** Offers to scaffold on a symbol that a recipe can wire, on the line of its name. */
class ScaffoldActions implements vscode.CodeActionProvider {
  readonly #engine: LazyEngine;
  readonly #profiles: Profiles;
  readonly #log: vscode.LogOutputChannel;
  readonly #found = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly candidates: Promise<readonly PatternCandidate[]> }
  >();

  constructor(engine: LazyEngine, profiles: Profiles, log: vscode.LogOutputChannel) {
    this.#engine = engine;
    this.#profiles = profiles;
    this.#log = log;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (!folder || !this.#wanted(document, context)) return [];
    const candidates = await this.#candidates(document, new WorkspaceFiles(folder.uri));
    if (token.isCancellationRequested) return [];
    return candidates
      .filter(({ line }) => range.start.line <= line && line <= range.end.line)
      .map((candidate) => action(candidate, folder, document.getText()));
  }

  /** Moving the cursor asks all the time; that alone must not load the engine. */
  #wanted(document: vscode.TextDocument, context: vscode.CodeActionContext): boolean {
    const invoked = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
    return (
      vscode.workspace.isTrusted &&
      (invoked || this.#engine.loaded !== undefined) &&
      document.getText().length <= maxLength &&
      vscode.workspace.getConfiguration(settingsSection, document).get(settingIds.codeActions, true)
    );
  }

  #candidates(
    document: vscode.TextDocument,
    files: WorkspaceFiles,
  ): Promise<readonly PatternCandidate[]> {
    const known = this.#found.get(document);
    if (known?.version === document.version) return known.candidates;
    const candidates = this.#find(document, files);
    this.#found.set(document, { version: document.version, candidates });
    return candidates;
  }

  /** A file that does not parse, or a project that cannot be read, has no candidates; that is no error here. */
  async #find(
    document: vscode.TextDocument,
    files: WorkspaceFiles,
  ): Promise<readonly PatternCandidate[]> {
    const path = files.path(document.uri);
    if (path === undefined) return [];
    try {
      const profile = await this.#profiles.of(files, path);
      const engine = await this.#engine.of(files, path);
      return await engine.candidates({ path, text: document.getText() }, profile);
    } catch (error) {
      this.#log.debug(`no code actions in ${path}: ${String(error)}`);
      return [];
    }
  }
}

function action(
  { pattern, title, target }: PatternCandidate,
  folder: vscode.WorkspaceFolder,
  source: string,
): vscode.CodeAction {
  const text = vscode.l10n.t('Scaffold: {0}…', title);
  const reading = readingAt(source, target);
  const args: ScaffoldArguments = {
    pattern,
    target,
    ...(reading === undefined ? {} : { reading }),
    folder: folder.uri.toString(),
    near: target.replace(/:[^/]*$/, ''),
  };
  const codeAction = new vscode.CodeAction(text, kind);
  codeAction.command = { command: commandIds.scaffold, title: text, arguments: [args] };
  return codeAction;
}
