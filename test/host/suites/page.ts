import { equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, closeAll, lastError, tab, until } from './support.ts';

const viewType = 'mainThreadWebview-patternsmith.page';

function pageTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType === viewType);
}

describe('pattern page', () => {
  before(activated);
  afterEach(closeAll);

  it('opens under the title of its pattern', async () => {
    await vscode.commands.executeCommand('patternsmith.openPage', 'cache-aside');
    await until('the page', () => tab('Cache-Aside'));
    equal(pageTabs().length, 1);
  });

  it('shows one page for each pattern, however often it is opened', async () => {
    for (const id of ['cache-aside', 'strangler-fig', 'cache-aside']) {
      await vscode.commands.executeCommand('patternsmith.openPage', id);
    }
    await until('both pages', () => pageTabs().length === 2);
    await until('the first in front', () => tab('Cache-Aside')?.isActive);
  });

  it('opens from a tree item', async () => {
    await vscode.commands.executeCommand('patternsmith.openPage', { pattern: 'strangler-fig' });
    await until('the page', () => pageTabs().length === 1);
  });

  it('says so when there is no such pattern', async () => {
    await vscode.commands.executeCommand('patternsmith.openPage', 'no-such-pattern');
    match(await lastError(), /no-such-pattern/);
    ok(pageTabs().length === 0);
  });
});
