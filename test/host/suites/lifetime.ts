import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import { activated, closeAll, file } from './support.ts';

interface Main {
  activate(context: vscode.ExtensionContext): unknown;
}

/** Runs last: it ends what the other suites use, and starts it anew. */
describe('lifetime', () => {
  after(closeAll);

  it('gives back all that it has registered, and can be activated again', async () => {
    const extension = await activated();
    const { context } = extension.exports;
    const subscriptions = context.subscriptions as vscode.Disposable[];
    const commands = await ours();
    const count = subscriptions.length;
    equal(await hovers(), 1);
    // As many as there are patterns that fit.
    const actions = await codeActions();
    notEqual(actions, 0);

    vscode.Disposable.from(...subscriptions.splice(0)).dispose();
    deepEqual(await ours(), []);
    equal(await hovers(), 0);
    equal(await codeActions(), 0);

    const main = createRequire(__filename)(`${extension.extensionPath}/dist/extension.cjs`) as Main;
    main.activate(context);
    equal(subscriptions.length, count);
    deepEqual(await ours(), commands);
    // Once, and not twice: nothing of the first activation is left.
    equal(await hovers(), 1);
    equal(await codeActions(), actions);
  });
});

async function ours(): Promise<readonly string[]> {
  const ids = await vscode.commands.getCommands(true);
  // Commands of the view itself belong to the manifest, not to the running extension.
  return ids.filter((id) => /^patternsmith\.\w+$/.test(id)).sort();
}

async function hovers(): Promise<number> {
  const content = "import 'redis';\nclient.expire();\n";
  const document = await vscode.workspace.openTextDocument({ language: 'typescript', content });
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(1, 9),
  );
  return found
    .flatMap(({ contents }) => contents)
    .filter((it) => it instanceof vscode.MarkdownString)
    .filter((it) => it.value.includes('patternsmith.openPage')).length;
}

async function codeActions(): Promise<number> {
  const document = await vscode.workspace.openTextDocument(file('src/users/user-repository.ts'));
  const at = document.positionAt(document.getText().indexOf('findById'));
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(at, at),
    vscode.CodeActionKind.Refactor.value,
  );
  return found.filter((it) => it.kind?.value === 'refactor.rewrite.patternsmith').length;
}
