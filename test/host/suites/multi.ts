import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activated,
  closeAll,
  file,
  folder,
  lastError,
  restore,
  scaffold,
  snapshot,
} from './support.ts';
import type { Snapshot } from './support.ts';

const request = { pattern: 'cache-aside', name: 'user', engine: 'memory', target: '', apply: true };

describe('with several folders and packages', () => {
  let shop: Snapshot;
  let monorepo: Snapshot;

  before(async () => {
    await activated();
    shop = snapshot(folder('shop'));
    monorepo = snapshot(folder('monorepo'));
  });

  afterEach(async () => {
    await closeAll();
    restore(shop, folder('shop'));
    restore(monorepo, folder('monorepo'));
  });

  it('scaffolds into the folder of the file that is being edited', async () => {
    await vscode.window.showTextDocument(file('packages/mail/src/index.ts', folder('monorepo')));
    const result = await scaffold(request);
    equal(result?.status, 'applied', await lastError());
    ok(result.files?.includes('packages/mail/src/patterns/user-cache.ts'));
    ok(snapshot(folder('monorepo')).has('packages/mail/src/patterns/user-cache.ts'));
    deepEqual(snapshot(folder('shop')), shop);
  });

  it('scaffolds into the folder and package that were asked for', async () => {
    await vscode.window.showTextDocument(file('src/server.ts', folder('shop')));
    const result = await scaffold({
      ...request,
      folder: folder('monorepo').uri.toString(),
      near: 'packages/billing',
    });
    equal(result?.status, 'applied', await lastError());
    const now = snapshot(folder('monorepo'));
    ok(now.has('packages/billing/src/patterns/user-cache.ts'));
    ok(![...now.keys()].some((path) => path.startsWith('packages/mail/src/patterns')));
    deepEqual(snapshot(folder('shop')), shop);
  });

  it('scaffolds where the context menu was opened', async () => {
    await vscode.window.showTextDocument(file('src/server.ts', folder('shop')));
    const clicked = file('packages/billing/src/index.ts', folder('monorepo'));
    const asked = vscode.commands.executeCommand('patternsmith.scaffoldHere', clicked);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    deepEqual(await asked, { status: 'cancelled' });
  });
});
