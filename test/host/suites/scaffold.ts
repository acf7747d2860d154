import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import {
  activated,
  closeAll,
  edit,
  file,
  filesOf,
  lastError,
  preview,
  restore,
  scaffold,
  snapshot,
  tab,
  until,
} from './support.ts';
import type { Snapshot } from './support.ts';

const repository = 'src/users/user-repository.ts';
const request = {
  pattern: 'cache-aside',
  name: 'user',
  engine: 'redis',
  target: `${repository}:UserRepository.findById`,
};
const title = 'Scaffold cache-aside/user';

describe('scaffold', () => {
  let original: Snapshot;

  before(async () => {
    await activated();
    original = snapshot();
  });

  afterEach(async () => {
    await closeAll();
    restore(original);
  });

  it('writes the pattern, wires the target and records the instance', async () => {
    const result = await scaffold({ ...request, apply: true });
    equal(result?.status, 'applied', await lastError());
    const now = snapshot();
    ok(now.has('src/patterns/user-cache.ts'));
    ok(now.has('.patternsmith/receipt.json'));
    notEqual(now.get(repository), original.get(repository));
    ok(now.get('package.json')?.includes('"redis"'));
  });

  it('plans nothing the second time', async () => {
    await scaffold({ ...request, apply: true });
    const once = snapshot();
    const again = await scaffold({ ...request, apply: true });
    equal(again?.status, 'unchanged');
    deepEqual(snapshot(), once);
  });

  it('shows the whole plan before anything is written, and writes it on Apply', async () => {
    const pending = scaffold(request);
    await preview(title);
    deepEqual(snapshot(), original);
    await vscode.commands.executeCommand('patternsmith.applyPreview');
    const result = await pending;
    equal(result?.status, 'applied');
    const now = snapshot();
    ok(result.files?.every((path) => now.has(path)));
    equal(tab(title), undefined, 'the preview is closed');
  });

  it('writes nothing on Cancel', async () => {
    const pending = scaffold(request);
    await preview(title);
    await vscode.commands.executeCommand('patternsmith.cancelPreview');
    equal((await pending)?.status, 'cancelled');
    deepEqual(snapshot(), original);
  });

  it('takes closing the preview for Cancel', async () => {
    const pending = scaffold(request);
    const shown = await preview(title);
    await vscode.window.tabGroups.close(shown);
    equal((await pending)?.status, 'cancelled');
    deepEqual(snapshot(), original);
  });

  it('is reverted by one Undo in an edited file', async () => {
    await scaffold({ ...request, apply: true });
    await vscode.window.showTextDocument(file(repository));
    await vscode.commands.executeCommand('undo');
    await until('the created files to go', () => !snapshot().has('src/patterns/user-cache.ts'));
    await vscode.workspace.saveAll();
    deepEqual(filesOf(snapshot()), filesOf(original));
  });

  it('is taken back by its own Undo, folders included', async () => {
    await scaffold({ ...request, apply: true });
    await vscode.commands.executeCommand('patternsmith.undoScaffold');
    deepEqual(snapshot(), original);
  });

  it('does not take back what was changed since', async () => {
    await scaffold({ ...request, apply: true });
    const document = await edit(file('src/patterns/user-cache.ts'), '// mine\n');
    await document.save();
    const changed = snapshot();
    await vscode.commands.executeCommand('patternsmith.undoScaffold');
    deepEqual(snapshot(), changed);
  });

  it('writes nothing when a file to create exists with other content', async () => {
    const path = file('src/patterns/user-cache.ts').fsPath;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'export const mine = true;\n');
    const withMine = snapshot();
    equal(await scaffold({ ...request, apply: true }), undefined);
    equal(await lastError(), 'CONFLICT');
    deepEqual(snapshot(), withMine);
  });

  it('writes nothing when a file to create has come up since the preview', async () => {
    const pending = scaffold(request);
    await preview(title);
    const path = file('src/patterns/user-cache.ts').fsPath;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'export const mine = true;\n');
    const withMine = snapshot();
    await vscode.commands.executeCommand('patternsmith.applyPreview');
    equal(await pending, undefined);
    match(await lastError(), /exists already/);
    deepEqual(snapshot(), withMine);
  });

  it('writes nothing through a link that leaves the workspace', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'patternsmith-elsewhere-'));
    symlinkSync(elsewhere, file('src/patterns').fsPath);
    equal(await scaffold({ ...request, apply: true }), undefined);
    match(await lastError(), /leaves the workspace|OUTSIDE_WORKSPACE/);
    deepEqual(readdirSync(elsewhere), []);
    unlinkSync(file('src/patterns').fsPath);
    deepEqual(snapshot(), original);
    rmdirSync(elsewhere);
  });

  it('plans on unsaved typing and keeps it', async () => {
    const document = await edit(file(repository), '// typed, not saved\n');
    equal((await scaffold({ ...request, apply: true }))?.status, 'applied');
    ok(document.getText().startsWith('// typed, not saved\n'));
    ok(document.getText().includes('userCache') || document.getText().includes('UserCache'));
  });

  describe('in files whose changes the watcher does not report', () => {
    const settings = () => vscode.workspace.getConfiguration('files');
    const change = (text: string) => {
      const { fsPath } = file(repository);
      writeFileSync(fsPath, `${text}${readFileSync(fsPath, 'utf8')}`);
    };

    before(() =>
      settings().update('watcherExclude', { '**/src/**': true }, vscode.ConfigurationTarget.Global),
    );

    after(() => settings().update('watcherExclude', undefined, vscode.ConfigurationTarget.Global));

    it('plans on what is on the disk, and can be taken back', async () => {
      const document = await vscode.workspace.openTextDocument(file(repository));
      change('// by another program\n');
      ok(!document.getText().startsWith('// by another program'), 'the change was reported');
      const there = snapshot();
      equal((await scaffold({ ...request, apply: true }))?.status, 'applied', await lastError());
      ok(document.getText().startsWith('// by another program\n'));
      match(readFileSync(file(repository).fsPath, 'utf8'), /UserCache|userCache/);
      equal(tab('user-repository.ts'), undefined);
      await vscode.commands.executeCommand('patternsmith.undoScaffold');
      deepEqual(snapshot(), there);
    });

    it('does not take back what was changed since', async () => {
      await scaffold({ ...request, apply: true });
      change('// by another program\n');
      const changed = snapshot();
      await vscode.commands.executeCommand('patternsmith.undoScaffold');
      match(await lastError(), /changed since/);
      deepEqual(snapshot(), changed);
    });
  });

  it('writes nothing when the file to wire was typed in since the preview', async () => {
    const pending = scaffold(request);
    await preview(title);
    const document = await edit(file(repository), '// typed meanwhile\n');
    await vscode.commands.executeCommand('patternsmith.applyPreview');
    equal(await pending, undefined);
    match(await lastError(), /has changed since the preview/);
    deepEqual(snapshot(), original);
    ok(document.isDirty);
  });

  for (const { what, code, ...args } of [
    { what: 'an unknown engine', engine: 'abacus', code: 'UNKNOWN_ENGINE' },
    { what: 'a name that is no identifier', name: '2 words', code: 'BAD_NAME' },
    { what: 'an output folder outside', out: '../elsewhere', code: 'OUTSIDE_WORKSPACE' },
    { what: 'a target outside', target: '../other/file.ts:x', code: 'OUTSIDE_WORKSPACE' },
    { what: 'a target that is not there', target: 'src/nothing.ts:load', code: 'BAD_TARGET' },
    { what: 'an unknown option', options: { colour: 'red' }, code: 'UNKNOWN_OPTION' },
  ]) {
    it(`refuses ${what} and writes nothing`, async () => {
      equal(await scaffold({ ...request, ...args, apply: true }), undefined);
      equal(await lastError(), code);
      deepEqual(snapshot(), original);
    });
  }

  it('refuses an unknown pattern', async () => {
    equal(await scaffold({ ...request, pattern: 'no-such-pattern', apply: true }), undefined);
    match(await lastError(), /no-such-pattern/);
    deepEqual(snapshot(), original);
  });

  it('refuses a file with a syntax error and writes nothing', async () => {
    const document = await edit(file(repository), 'export class {\n');
    await document.save();
    const broken = snapshot();
    equal(await scaffold({ ...request, apply: true }), undefined);
    equal(await lastError(), 'SYNTAX_ERROR');
    deepEqual(snapshot(), broken);
  });
});
