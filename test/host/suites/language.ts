import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, closeAll, file, restore, snapshot } from './support.ts';
import type { Snapshot } from './support.ts';

const repository = 'src/users/user-repository.ts';

/** Where a text stands in a document, some columns into it. */
function positionOf(document: vscode.TextDocument, text: string, into = 1): vscode.Position {
  const offset = document.getText().indexOf(text);
  ok(offset >= 0, `${text} is in ${document.uri.path}`);
  return document.positionAt(offset + into);
}

describe('hover', () => {
  let original: Snapshot;

  before(async () => {
    await activated();
    original = snapshot();
  });

  afterEach(async () => {
    await configure('hover.enabled', undefined);
    await closeAll();
    restore(original);
  });

  const code =
    "import { createClient } from 'redis';\nconst c = createClient();\nawait c.expire('k', 1);\n";

  async function hovers(text: string, on: string): Promise<readonly vscode.MarkdownString[]> {
    const document = await vscode.workspace.openTextDocument({
      language: 'typescript',
      content: text,
    });
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      positionOf(document, on),
    );
    return found
      .flatMap((hover) => hover.contents)
      .filter((content) => content instanceof vscode.MarkdownString)
      .filter((content) => content.value.includes('patternsmith.'));
  }

  it('tells the trap of an engine primitive where its package is imported', async () => {
    const [hover] = await hovers(code, 'expire');
    match(hover?.value ?? '', /two calls/);
    match(hover?.value ?? '', /command:patternsmith\.openPage\?%5B%22cache-aside%22%5D/);
  });

  it('trusts its own two commands and nothing else', async () => {
    const [hover] = await hovers(code, 'expire');
    deepEqual(hover?.isTrusted, {
      enabledCommands: ['patternsmith.openPage', 'patternsmith.scaffold'],
    });
    ok(!hover.supportHtml);
  });

  it('is silent where the package is not imported', async () => {
    equal((await hovers(code.replace("'redis'", "'./mine'"), 'expire')).length, 0);
  });

  it('is silent on other names', async () => {
    equal((await hovers(code, 'createClient')).length, 0);
  });

  it('can be switched off', async () => {
    await configure('hover.enabled', false);
    equal((await hovers(code, 'expire')).length, 0);
  });
});

describe('code actions', () => {
  before(activated);

  afterEach(async () => {
    await configure('codeActions.enabled', undefined);
    await closeAll();
  });

  async function actions(on: string): Promise<readonly vscode.CodeAction[]> {
    const document = await vscode.workspace.openTextDocument(file(repository));
    const at = positionOf(document, on);
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
      vscode.CodeActionKind.Refactor.value,
    );
    return found.filter((action) => action.kind?.value === 'refactor.rewrite.patternsmith');
  }

  it('offers to scaffold on a symbol that a recipe can wire', async () => {
    const [action] = await actions('findById');
    match(action?.title ?? '', /UserRepository\.findById/);
    const [args] = (action?.command?.arguments ?? []) as [Record<string, string>];
    equal(action?.command?.command, 'patternsmith.scaffold');
    equal(args.pattern, 'cache-aside');
    equal(args.target, `${repository}:UserRepository.findById`);
    equal(args.near, repository);
  });

  it('offers nothing elsewhere', async () => {
    equal((await actions('constructor')).length, 0);
    equal((await actions('import type')).length, 0);
  });

  it('can be switched off', async () => {
    await configure('codeActions.enabled', false);
    equal((await actions('findById')).length, 0);
  });
});

async function configure(setting: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('patternsmith')
    .update(setting, value, vscode.ConfigurationTarget.Workspace);
}
