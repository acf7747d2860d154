import * as vscode from 'vscode';
import { registerCodeActions } from './editor/code-actions.ts';
import { Scaffolder } from './editor/commands/scaffold.ts';
import { registerCommands } from './editor/commands/register.ts';
import { LazyEngine } from './editor/engine.ts';
import { registerHover } from './editor/hover.ts';
import { Pages } from './editor/page-panel.ts';
import { Patterns } from './editor/patterns.ts';
import { Preview } from './editor/preview.ts';
import { Profiles } from './editor/profiles.ts';
import { RunCode } from './editor/run-code.ts';
import { registerTree } from './editor/tree.ts';
import { VirtualDocuments } from './editor/virtual-documents.ts';

/** What other code may use of the running extension. */
export interface Api {
  /** In a test run only: what the extension has registered. */
  readonly subscriptions?: readonly vscode.Disposable[];
}

export function activate(context: vscode.ExtensionContext): Api {
  const log = vscode.window.createOutputChannel('Patternsmith', { log: true });
  const templates = vscode.Uri.joinPath(context.extensionUri, 'templates').fsPath;
  const engine = new LazyEngine(templates, log);
  const patterns = new Patterns(context.extensionUri);
  const documents = new VirtualDocuments();
  const preview = new Preview(documents);
  const profiles = new Profiles(engine);
  const pages = new Pages(
    context.extensionUri,
    patterns,
    new RunCode(engine, patterns, documents),
    log,
  );
  const scaffolder = new Scaffolder(engine, patterns, preview, context.workspaceState);

  context.subscriptions.push(
    log,
    documents,
    preview,
    profiles,
    pages,
    registerCommands({ log, scaffolder, preview, pages }),
    registerCodeActions(engine, profiles, log),
    registerHover(patterns),
    registerTree(patterns),
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { subscriptions: context.subscriptions }
    : {};
}
