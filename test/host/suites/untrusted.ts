import { deepEqual, equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, closeAll, file, scaffold, snapshot, tab, until } from './support.ts';

describe('in a workspace that is not trusted', () => {
  before(async () => {
    equal(vscode.workspace.isTrusted, false);
    await activated();
  });

  afterEach(closeAll);

  it('writes nothing', async () => {
    const before = snapshot();
    const result = await Promise.race([
      scaffold({ pattern: 'cache-aside', name: 'user', engine: 'memory', target: '', apply: true }),
      new Promise<'asks'>((resolve) => setTimeout(() => resolve('asks'), 5_000)),
    ]);
    // It waits at the offer to manage trust, or that was dismissed.
    equal(result === 'asks' || result?.status === 'cancelled', true);
    deepEqual(snapshot(), before);
  });

  it('offers no code action', async () => {
    const document = await vscode.workspace.openTextDocument(file('src/users/user-repository.ts'));
    const at = document.positionAt(document.getText().indexOf('findById'));
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
      vscode.CodeActionKind.Refactor.value,
    );
    equal(found.filter((it) => it.kind?.value === 'refactor.rewrite.patternsmith').length, 0);
  });

  it('still explains patterns', async () => {
    await vscode.commands.executeCommand('patternsmith.openPage', 'cache-aside');
    await until('the page', () => tab('Cache-Aside'));
  });
});
