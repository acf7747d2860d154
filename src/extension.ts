import * as vscode from 'vscode';
import { registerCodeActions } from './editor/code-actions.ts';
import { Scaffolder } from './editor/commands/scaffold.ts';
import { registerCodeLens } from './editor/code-lens.ts';
import { Lifecycle } from './editor/commands/lifecycle.ts';
import { registerCommands } from './editor/commands/register.ts';
import { LazyEngine } from './editor/engine.ts';
import { ErrorReporter } from './editor/errors.ts';
import { registerHover } from './editor/hover.ts';
import { Instances } from './editor/instances.ts';
import { InstancesTree, registerInstancesTree } from './editor/instances-tree.ts';
import { LastChange } from './editor/last-change.ts';
import { MergeEditors } from './editor/merge-editor.ts';
import { OwnTemplatesOfWorkspace } from './editor/own-templates.ts';
import { Pages } from './editor/page-panel.ts';
import { Patterns } from './editor/patterns.ts';
import { Preview } from './editor/preview.ts';
import { Profiles } from './editor/profiles.ts';
import { RunCode } from './editor/run-code.ts';
import { registerTree } from './editor/tree.ts';
import { VirtualDocuments } from './editor/virtual-documents.ts';

/** What the tests see of the running extension; elsewhere nothing is exported. */
export interface TestApi {
  readonly context: vscode.ExtensionContext;
  readonly errors: ErrorReporter;
  readonly instancesTree: InstancesTree;
  readonly mergeEditors: MergeEditors;
}

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const log = vscode.window.createOutputChannel('Patternsmith', { log: true });
  const templates = vscode.Uri.joinPath(context.extensionUri, 'templates').fsPath;
  const errors = new ErrorReporter(log);
  const own = new OwnTemplatesOfWorkspace(log);
  const engine = new LazyEngine(templates, log, own);
  const patterns = new Patterns(context.extensionUri, { templates: own, engine, errors });
  const documents = new VirtualDocuments();
  const preview = new Preview(documents);
  const profiles = new Profiles(engine);
  const pages = new Pages(
    context.extensionUri,
    patterns,
    new RunCode(engine, patterns, documents),
    log,
    errors,
  );
  const mergeEditors = new MergeEditors({
    documents,
    engine,
    errors,
    stored: context.workspaceState,
  });
  const last = new LastChange(mergeEditors);
  const scaffolder = new Scaffolder(engine, patterns, preview, context.workspaceState, log, last);

  const instances = new Instances(engine, patterns.onDidChange);
  const instancesTree = new InstancesTree(instances);
  const lifecycle = new Lifecycle({ engine, patterns, preview, instances, mergeEditors, last });

  context.subscriptions.push(
    log,
    own,
    documents,
    preview,
    profiles,
    pages,
    mergeEditors,
    instances,
    registerCommands({
      log,
      errors,
      scaffolder,
      preview,
      pages,
      engine,
      patterns,
      instances,
      documents,
      last,
      lifecycle,
      own,
    }),
    registerCodeActions(engine, profiles, log),
    registerHover(patterns),
    registerTree(patterns),
    registerInstancesTree(instancesTree),
    registerCodeLens(instances, patterns),
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { context, errors, instancesTree, mergeEditors }
    : undefined;
}
