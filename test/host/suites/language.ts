import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ScaffoldArguments } from '../../../src/editor/contributions.ts';
import { currentDocument } from '../../../src/editor/current-document.ts';
import {
  activated,
  closeAll,
  file,
  lastError,
  restore,
  scaffold,
  snapshot,
  until,
} from './support.ts';
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

  async function actions(on: string, path = repository): Promise<readonly vscode.CodeAction[]> {
    // An earlier test has restored the file, of which the watcher may not have told yet.
    const document = await currentDocument(file(path));
    const at = positionOf(document, on);
    const ask = () =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(at, at),
        vscode.CodeActionKind.Refactor.value,
      );
    // VS Code gives the request up where another extension, as it starts, has more to offer.
    const found = await until('the actions', async () => {
      try {
        return await ask();
      } catch (error) {
        if (!/Canceled/.test(String(error))) throw error;
        return undefined;
      }
    });
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

  describe('on code without a name', () => {
    const path = 'src/jobs.ts';
    const jobs = [
      "import { purge, report } from './work.js';",
      '',
      'setInterval(async () => {',
      '  await purge();',
      '}, 60_000);',
      '',
      'setInterval(async () => {',
      '  await report();',
      '}, 60_000);',
      '',
    ].join('\n');
    let original: Snapshot;

    beforeEach(async () => {
      original = snapshot();
      const write = (name: string, text: string) =>
        vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));
      await write(path, jobs);
      await write(
        'src/work.ts',
        'export async function purge(): Promise<void> {}\nexport async function report(): Promise<void> {}\n',
      );
    });

    afterEach(async () => {
      await closeAll();
      restore(original);
    });

    /** What the action on the second job runs, as it was offered. */
    async function offered(): Promise<ScaffoldArguments> {
      const found = await actions('setInterval(async () => {\n  await report', path);
      const action = found.find(({ title }) => title.includes('line 7'));
      const [args] = (action?.command?.arguments ?? []) as [ScaffoldArguments];
      equal(args.target, `${path}:L7`, found.map(({ title }) => title).join('\n'));
      return { ...args, name: 'report', engine: 'memory', apply: true };
    }

    it('follows it where its lines have moved', async () => {
      const args = await offered();
      // The line that was named is the first job's now.
      const change = new vscode.WorkspaceEdit();
      change.insert(file(path), new vscode.Position(1, 0), '\n\n\n\n');
      await vscode.workspace.applyEdit(change);
      const result = await scaffold(args);
      equal(result?.status, 'applied', await lastError());
      const text = (await vscode.workspace.openTextDocument(file(path))).getText();
      match(text, /await purge\(\);/);
      match(text, /reportQueue\.send/);
    });

    it('takes no other code for it where it is gone', async () => {
      const args = await offered();
      const gone = jobs
        .replace('await report();\n', '')
        .replace("'./work.js';", "'./work.js';\n\n\n\n");
      await vscode.workspace.fs.writeFile(file(path), new TextEncoder().encode(gone));
      equal((await currentDocument(file(path))).getText(), gone);
      const there = snapshot();
      equal(await scaffold(args), undefined);
      match(await lastError(), /no longer what was chosen/);
      deepEqual(snapshot(), there);
    });
  });
});

async function configure(setting: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('patternsmith')
    .update(setting, value, vscode.ConfigurationTarget.Workspace);
}
