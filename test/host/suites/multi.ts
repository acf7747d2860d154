import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { MemoryFs } from './memory-fs.ts';
import {
  activated,
  closeAll,
  file,
  folder,
  lastError,
  restore,
  scaffold,
  snapshot,
  until,
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
    let answer: unknown;
    void asked.then((result) => (answer = result));
    await until('the answer', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return answer;
    });
    deepEqual(answer, { status: 'cancelled' });
  });
});

describe('on a file system that is not the disk', () => {
  const project = {
    '/ws/package.json':
      '{ "name": "ws", "type": "module", "devDependencies": { "typescript": "^5.9.0" } }\n',
    '/ws/tsconfig.json':
      '{ "compilerOptions": { "module": "NodeNext", "strict": true }, "include": ["src"] }\n',
    '/ws/src/index.ts': 'export const name = 1;\n',
  };
  const disposables: vscode.Disposable[] = [];

  async function open(scheme: string, isReadonly: boolean): Promise<MemoryFs> {
    const fs = new MemoryFs(project);
    disposables.push(vscode.workspace.registerFileSystemProvider(scheme, fs, { isReadonly }));
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    const uri = vscode.Uri.from({ scheme, path: '/ws' });
    vscode.workspace.updateWorkspaceFolders(count, 0, { uri, name: scheme });
    await until('the folder', () =>
      vscode.workspace.workspaceFolders?.some((it) => it.name === scheme),
    );
    return fs;
  }

  after(() => {
    vscode.workspace.updateWorkspaceFolders(2, vscode.workspace.workspaceFolders!.length - 2);
    vscode.Disposable.from(...disposables).dispose();
  });

  it('scaffolds', async () => {
    const fs = await open('memory', false);
    const result = await scaffold({ ...request, folder: 'memory:/ws', near: '' });
    equal(result?.status, 'applied', await lastError());
    ok(fs.files.has('/ws/src/patterns/user-cache.ts'));
    ok(fs.files.has('/ws/.patternsmith/receipt.json'));
  });

  it('says that it is read-only, and writes nothing', async () => {
    const fs = await open('sealed', true);
    equal(await scaffold({ ...request, folder: 'sealed:/ws', near: '' }), undefined);
    match(await lastError(), /read-only/);
    deepEqual([...fs.files.keys()], Object.keys(project));
  });
});
