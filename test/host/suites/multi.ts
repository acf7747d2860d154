import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { has, lifecycle, lowerVersions, treeUntil } from './lifecycle-support.ts';
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
  tab,
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

  describe('and instances in several of them', () => {
    const mono = () => folder('monorepo').uri.toString();
    const everywhere = async () => {
      for (const [name, near] of [
        ['shop', ''],
        ['monorepo', 'packages/billing'],
        ['monorepo', 'packages/mail'],
      ] as const) {
        const result = await scaffold({ ...request, folder: folder(name).uri.toString(), near });
        equal(result?.status, 'applied', await lastError());
      }
    };

    it('shows each package with its own', async () => {
      await everywhere();
      const all = (lines: readonly string[]) => lines.filter(has('cache-aside/user')).length === 3;
      const lines = await treeUntil('three instances', all);
      deepEqual(
        lines.filter((line) => !line.startsWith('    ')),
        [
          'billing monorepo/packages/billing',
          '  cache-aside/user memory · clean',
          'mail monorepo/packages/mail',
          '  cache-aside/user memory · clean',
          'shop ',
          '  cache-aside/user memory · clean',
        ],
      );
      rmSync(file('packages/mail/src/patterns/user-cache.ts', folder('monorepo')).fsPath);
      await treeUntil(
        'what is missing in one of them',
        (found) => found.filter(has('files missing')).length === 1,
      );
    });

    it('updates all packages of a folder at once, and takes that back at once', async () => {
      await everywhere();
      lowerVersions('packages/billing', folder('monorepo'));
      lowerVersions('packages/mail', folder('monorepo'));
      const there = snapshot(folder('monorepo'));
      const others = snapshot(folder('shop'));
      const result = await lifecycle('update', { folder: mono(), all: true, apply: true });
      equal(result?.status, 'applied', await lastError());
      deepEqual(result.instances, ['cache-aside/user', 'cache-aside/user']);
      deepEqual(
        result.files?.filter((path) => path.endsWith('receipt.json')),
        ['billing', 'mail'].map((name) => `packages/${name}/.patternsmith/receipt.json`),
      );
      deepEqual(snapshot(folder('shop')), others);
      const again = await lifecycle('update', { folder: mono(), all: true, apply: true });
      equal(again?.status, 'unchanged');
      await vscode.commands.executeCommand('patternsmith.undoScaffold');
      deepEqual(snapshot(folder('monorepo')), there);
    });

    it('offers all packages first, and shows them as one', async () => {
      await everywhere();
      lowerVersions('packages/billing', folder('monorepo'));
      lowerVersions('packages/mail', folder('monorepo'));
      const there = snapshot(folder('monorepo'));
      const pending = lifecycle('update', { folder: mono() });
      let answer: unknown;
      void pending.then((result) => (answer = result ?? null));
      await until('the preview', async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return answer ?? tab('Update 2 instances in 2 packages');
      });
      deepEqual(snapshot(folder('monorepo')), there);
      await vscode.commands.executeCommand('patternsmith.applyPreview');
      const result = await pending;
      equal(result?.status, 'applied', await lastError());
      deepEqual(result.instances, ['cache-aside/user', 'cache-aside/user']);
    });

    it('updates the other packages where one cannot be read', async () => {
      await everywhere();
      lowerVersions('packages/billing', folder('monorepo'));
      const broken = 'packages/mail/.patternsmith/receipt.json';
      writeFileSync(file(broken, folder('monorepo')).fsPath, '<<<<<<< ours\n{}\n');
      const there = snapshot(folder('monorepo'));
      const result = await lifecycle('update', { folder: mono(), all: true, apply: true });
      equal(result?.status, 'applied', await lastError());
      deepEqual(result.instances, ['cache-aside/user']);
      equal(snapshot(folder('monorepo')).get(broken), there.get(broken));
    });
  });

  describe('and own templates in some of them', () => {
    /** A pattern of one file, and where it says that it comes from. */
    const own = async (home: vscode.Uri, id: string, says: string) => {
      const manifest = {
        id,
        title: id,
        family: 'design',
        version: '0.1.0',
        intent: 'Says where it comes from.',
        keywords: ['one', 'two', 'three'],
        relations: { composesWith: [], alternativeTo: [], specialCaseOf: [] },
        scaffold: {
          defaultName: 'worker',
          options: [],
          requires: [],
          ports: [],
          wiring: [],
          hover: [],
          files: [{ template: 'heart.ts.hbs', path: '{{kebab}}-heart.ts', role: 'instance' }],
        },
      };
      const write = (name: string, text: string) =>
        vscode.workspace.fs.writeFile(
          vscode.Uri.joinPath(home, '.patternsmith/templates/patterns', id, name),
          new TextEncoder().encode(text),
        );
      await write('heart.ts.hbs', `export const {{camel}}Heart = '${says}';\n`);
      await write('pattern.json', JSON.stringify(manifest));
    };

    /** What the command line knows in a folder, and of these which were written there. */
    const ofCommandLine = async (cwd: vscode.Uri): Promise<readonly string[]> => {
      const cli = vscode.Uri.joinPath((await activated()).extensionUri, 'dist/cli.cjs').fsPath;
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, [cli, 'list', '--json', '--cwd', cwd.fsPath]);
      const listed = JSON.parse(stdout) as { readonly id: string; readonly own?: string }[];
      return listed.filter((it) => it.own !== undefined).map(({ id }) => id);
    };

    const places = [
      { name: 'shop', near: '' },
      { name: 'monorepo', near: 'packages/billing' },
      { name: 'monorepo', near: 'packages/mail' },
    ];

    const heart = async (pattern: string, { name, near }: (typeof places)[number]) => {
      const where = folder(name);
      const args = { pattern, name: pattern, target: '', apply: true } as const;
      const result = await scaffold({ ...args, folder: where.uri.toString(), near });
      if (result === undefined) return undefined;
      const path = result.files?.find((it) => it.endsWith(`${pattern}-heart.ts`)) ?? '';
      return /'(.*)'/.exec(snapshot(where).get(path) ?? '')?.[1];
    };

    it('generates by those that the command line takes in the same place', async () => {
      const mono = folder('monorepo');
      await own(file('packages/mail', mono), 'of-mail', 'mail');
      await own(mono.uri, 'of-all', 'monorepo');
      await own(mono.uri, 'of-mail-too', 'monorepo');
      await own(file('packages/mail', mono), 'of-mail-too', 'mail');
      await own(folder('shop').uri, 'of-shop', 'shop');
      const ids = ['of-all', 'of-mail', 'of-mail-too', 'of-shop'];
      const generated: Record<string, readonly (string | undefined)[]> = {};
      for (const place of places) {
        const said: (string | undefined)[] = [];
        for (const id of ids) said.push(await heart(id, place));
        generated[place.near || place.name] = said;
        deepEqual(
          (await ofCommandLine(file(place.near, folder(place.name)))).toSorted(),
          ids.filter((_, index) => said[index] !== undefined),
        );
      }
      deepEqual(generated, {
        shop: [undefined, undefined, undefined, 'shop'],
        'packages/billing': ['monorepo', undefined, 'monorepo', undefined],
        'packages/mail': ['monorepo', 'mail', 'mail', undefined],
      });
    });

    it('sees a newer template of the package, and updates by it', async () => {
      const mono = folder('monorepo');
      const mail = { name: 'monorepo', near: 'packages/mail' };
      const home = file('packages/mail', mono);
      await own(home, 'of-mail', 'mail');
      equal(await heart('of-mail', mail), 'mail', await lastError());
      const manifest = vscode.Uri.joinPath(
        home,
        '.patternsmith/templates/patterns/of-mail/pattern.json',
      );
      await own(home, 'of-mail', 'newer');
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(manifest));
      const newer = text.replace('"0.1.0"', '"0.2.0"');
      await vscode.workspace.fs.writeFile(manifest, new TextEncoder().encode(newer));
      const result = await lifecycle('update', { instance: 'of-mail/of-mail', apply: true });
      equal(result?.status, 'applied', await lastError());
      const path = 'packages/mail/src/patterns/of-mail-heart.ts';
      match(snapshot(mono).get(path) ?? '', /'newer'/);
      await treeUntil('the updated instance', (lines) => lines.some(has('of-mail/of-mail')));
    });
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
