import { deepEqual, equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ScaffoldResult } from '../../../src/editor/contributions.ts';
import { activated, closeAll, file, scaffold, snapshot, tab, until } from './support.ts';

describe('in a workspace that is not trusted', () => {
  before(async () => {
    equal(vscode.workspace.isTrusted, false);
    await activated();
  });

  afterEach(closeAll);

  it('writes nothing', async () => {
    const before = snapshot();
    const asked = scaffold({
      pattern: 'cache-aside',
      name: 'user',
      engine: 'memory',
      target: '',
      apply: true,
    });
    let answer: ScaffoldResult | undefined;
    void asked.then((result) => (answer = result));
    // It offers to manage trust; dismissing that is no.
    await until('the answer', async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      return answer;
    });
    deepEqual(answer, { status: 'cancelled' });
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

  it('reads no templates of the project', async () => {
    const manifest = file('.patternsmith/templates/patterns/cache-aside/pattern.json');
    await vscode.workspace.fs.writeFile(manifest, new TextEncoder().encode('no JSON'));
    await vscode.commands.executeCommand('patternsmith.openPage', 'cache-aside');
    await until('the page', () => tab('Cache-Aside'));
    equal((await activated()).exports.errors.last, undefined);
  });

  it('still explains patterns', async () => {
    await vscode.commands.executeCommand('patternsmith.openPage', 'cache-aside');
    await until('the page', () => tab('Cache-Aside'));
  });
});
