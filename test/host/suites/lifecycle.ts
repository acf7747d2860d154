import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { hashOf } from '../../../src/plan/receipt.ts';
import { fileNode, has, lifecycle, lowerVersions, treeUntil } from './lifecycle-support.ts';
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
const instance = 'cache-aside/user';
const own = 'src/patterns/user-cache.ts';
const unit = 'src/patterns/cache-aside/cache-aside.ts';
const receipt = '.patternsmith/receipt.json';

describe('the life after the scaffold', () => {
  let original: Snapshot;

  before(async () => {
    await activated();
    original = snapshot();
  });

  afterEach(async () => {
    await closeAll();
    // Else a merge that was cut off would write into the next test's files.
    await (await activated()).exports.mergeEditors.settled();
    restore(original);
  });

  describe('the tree', () => {
    it('is empty where nothing was scaffolded', async () => {
      await treeUntil('an empty tree', (lines) => lines.length === 0);
    });

    it('shows package, instance and files, each clean', async () => {
      await cacheAside();
      const lines = await treeUntil('the instance', (found) => found.some(has(instance)));
      ok(lines.some(has('shop')));
      deepEqual(
        lines.filter((line) => !line.startsWith('      ')),
        [
          'shop ',
          `  ${instance} memory · clean`,
          '    user-cache.ts ',
          '    user-cache.test.ts ',
          '    patterns/cache-aside ',
          '    engines/memory/cache-store ',
          '    kernel/cache-store ',
          '    kernel/clock ',
        ],
      );
      deepEqual(lines.slice(-3), [
        '      clock.ts ',
        '      virtual-clock.ts ',
        '      clock.test.ts ',
      ]);
    });

    it('sees a file that was changed, one that is missing, and a newer template', async () => {
      await cacheAside();
      await treeUntil('the instance', (found) => found.some(has(instance)));
      const document = await edit(file(own), '// mine\n');
      await document.save();
      await treeUntil('modified', (found) => found.some(has('user-cache.ts modified')));
      rmSync(file(own).fsPath);
      await treeUntil('missing', (found) => found.some(has('user-cache.ts missing')));
      lowerVersions();
      await treeUntil('an update', (found) => found.some(has('files missing, update to')));
    });

    it('opens what was changed in a file, from its node', async () => {
      await cacheAside();
      const document = await edit(file(own), '// mine\n');
      await document.save();
      await treeUntil('modified', (found) => found.some(has('user-cache.ts modified')));
      await vscode.commands.executeCommand('patternsmith.compare', await fileNode(own));
      await until('the diff', () => tab('user-cache.ts (as generated ↔ now)'));
    });

    it('shows a receipt that cannot be read as an error, with the reason', async () => {
      await cacheAside();
      write(receipt, '<<<<<<< ours\n{}\n');
      await treeUntil('the error', (found) => found.some(has('unfinished merge')));
    });
  });

  describe('remove', () => {
    it('brings the workspace back byte for byte', async () => {
      await cacheAside();
      const result = await lifecycle('remove', { instance, apply: true });
      equal(result?.status, 'applied', await lastError());
      deepEqual(filesOf(snapshot()), filesOf(original));
      deepEqual([...snapshot().keys()], [...original.keys()]);
    });

    it('shows what it deletes first, and writes nothing on Cancel', async () => {
      await cacheAside();
      const there = snapshot();
      const pending = lifecycle('remove', { instance });
      await preview(`Remove ${instance}`);
      deepEqual(snapshot(), there);
      await vscode.commands.executeCommand('patternsmith.cancelPreview');
      equal((await pending)?.status, 'cancelled');
      deepEqual(snapshot(), there);
    });

    it('is taken back by its own Undo', async () => {
      await cacheAside();
      const there = snapshot();
      await lifecycle('remove', { instance, apply: true });
      await vscode.commands.executeCommand('patternsmith.undoScaffold');
      deepEqual(snapshot(), there);
    });

    it('is reverted by one Undo of the editor, deleted files included', async () => {
      await cacheAside();
      const there = filesOf(snapshot());
      await lifecycle('remove', { instance, apply: true });
      await vscode.window.showTextDocument(file(repository));
      await vscode.commands.executeCommand('undo');
      await until('the deleted files to come back', () => snapshot().has(own));
      await vscode.workspace.saveAll();
      deepEqual(filesOf(snapshot()), there);
    });

    it('refuses where a file to delete has unsaved changes', async () => {
      await cacheAside();
      const pending = lifecycle('remove', { instance });
      await preview(`Remove ${instance}`);
      const there = snapshot();
      const document = await edit(file(unit), '// typed\n');
      await vscode.commands.executeCommand('patternsmith.applyPreview');
      equal(await pending, undefined);
      match(await lastError(), /unsaved changes/);
      deepEqual(snapshot(), there);
      ok(document.isDirty);
    });

    it('writes nothing where something has to be taken out by hand first', async () => {
      await cacheAside();
      const wired = read(repository);
      const line = wired.split('\n').find((it) => it.includes('invalidate('))!;
      write(
        repository,
        wired.replace(line, `${line} // and more`).replace('await this.#byId', 'void this.#byId'),
      );
      const there = snapshot();
      const result = await lifecycle('remove', { instance, apply: true });
      equal(result?.status, 'manual', `${await lastError()} ${JSON.stringify(result)}`);
      deepEqual(snapshot(), there);
    });

    it('names an instance that is not there', async () => {
      await cacheAside();
      equal(await lifecycle('remove', { instance: 'cache-aside/nobody', apply: true }), undefined);
      match(await lastError(), /cache-aside\/nobody/);
    });
  });

  describe('switch engine', () => {
    it('edits the composition line and the dependencies', async () => {
      await cacheAside();
      const before = read(own);
      const result = await lifecycle('switchEngine', { instance, engine: 'redis', apply: true });
      equal(result?.status, 'applied', await lastError());
      match(read(own), /redisCacheStore/);
      ok(!before.includes('redisCacheStore'));
      match(read('package.json'), /"redis":/);
    });

    it('says so where it is on that engine already', async () => {
      await cacheAside();
      const there = snapshot();
      const result = await lifecycle('switchEngine', { instance, engine: 'memory', apply: true });
      equal(result?.status, 'unchanged', await lastError());
      deepEqual(snapshot(), there);
    });
  });

  describe('update', () => {
    it('has nothing to do right after the scaffold', async () => {
      await cacheAside();
      equal((await lifecycle('update', { instance, apply: true }))?.status, 'unchanged');
    });

    it('brings an older file to the newest template and keeps what the user has added', async () => {
      await cacheAside();
      const newest = read(unit);
      olderUnit((text) => `${text}// a line that is gone now\n`);
      write(unit, `// mine\n${read(unit)}`);
      const result = await lifecycle('update', { instance, apply: true });
      equal(result?.status, 'applied', await lastError());
      deepEqual(result.conflicts, []);
      equal(read(unit), `// mine\n${newest}`);
    });
  });

  describe('a merge by hand', () => {
    for (const ends of ['\n', '\r\n']) {
      const name = JSON.stringify(ends);
      it(`that is closed unsaved leaves both sides between the markers (${name})`, async () => {
        await conflict(ends);
        const marked = read(unit);
        match(marked, /<<<<<<<[^]*MINE[^]*>>>>>>>/);
        await mergeEditor();
        await closeMergeEditor();
        equal(read(unit), marked);
        await vscode.window.showTextDocument(file(unit));
        equal(vscode.window.activeTextEditor?.document.isDirty, false);
      });

      it(`that is saved and closed unresolved gets both sides back, and can be undone (${name})`, async () => {
        const there = await conflict(ends);
        const marked = read(unit);
        const document = await mergeEditor();
        await document.save();
        ok(!read(unit).includes('MINE'), 'the merge editor itself drops the user’s line');
        await closeMergeEditor();
        await until('both sides', () => read(unit) === marked);
        await vscode.commands.executeCommand('patternsmith.undoScaffold');
        deepEqual(snapshot(), there);
      });
    }

    it('that was resolved stays as it is, and can be undone', async () => {
      const there = await conflict();
      const document = await mergeEditor();
      await resolve(document);
      const merged = read(unit);
      match(merged, /MERGED/);
      await closeMergeEditor();
      equal(read(unit), merged);
      await vscode.commands.executeCommand('patternsmith.undoScaffold');
      deepEqual(snapshot(), there);
    });

    it('is undone while it is going on', async () => {
      const there = await conflict();
      await mergeEditor();
      await vscode.commands.executeCommand('patternsmith.undoScaffold');
      await until('its end', () => !tab('Merging: cache-aside.ts') || undefined);
      deepEqual(snapshot(), there);
      equal(await isDirty(unit), false);
    });

    it('is not undone once the user went on in the file', async () => {
      await conflict();
      await resolve(await mergeEditor());
      await closeMergeEditor();
      const more = await edit(file(unit), '// went on\n');
      await more.save();
      const there = snapshot();
      await vscode.commands.executeCommand('patternsmith.undoScaffold');
      match(await lastError(), /changed since/);
      deepEqual(snapshot(), there);
    });

    it('has to be settled before the next update', async () => {
      await conflict();
      await mergeEditor();
      await closeMergeEditor();
      lowerVersions();
      equal(await lifecycle('update', { instance, apply: true }), undefined);
      equal(await lastError(), 'CONFLICT');
    });
  });

  describe('the code lens', () => {
    it('says what the file is, and offers what there is to do', async () => {
      await cacheAside();
      await treeUntil('the instance', (found) => found.some(has(instance)));
      deepEqual(await lenses(own), ['cache-aside · memory · clean', 'Switch engine…', 'Open page']);
      deepEqual(await lenses(repository), []);
      lowerVersions();
      await until('the update', async () => (await lenses(own)).includes('Update'));
    });

    it('shows what was changed since the file was generated', async () => {
      await cacheAside();
      await treeUntil('the instance', (found) => found.some(has(instance)));
      const generated = read(own);
      const document = await edit(file(own), '// mine\n');
      await document.save();
      const title = 'Compare with generated';
      await until('the change', async () => (await lenses(own)).includes(title));
      await vscode.commands.executeCommand('patternsmith.compare', file(own));
      const shown = await until('the diff', () => tab('user-cache.ts (as generated ↔ now)'));
      ok(shown.input instanceof vscode.TabInputTextDiff);
      equal(shown.input.modified.toString(), file(own).toString());
      const original = await vscode.workspace.openTextDocument(shown.input.original);
      equal(original.getText(), generated);
      equal(original.languageId, 'typescript');
      await vscode.commands.executeCommand('patternsmith.compare', file(repository));
      match(await lastError(), /was not generated/);
      rmSync(file(`.patternsmith/base/${own}.txt`).fsPath);
      await vscode.commands.executeCommand('patternsmith.compare', file(own));
      match(await lastError(), /not known any more/);
    });

    it('is gone where the setting says so', async () => {
      await cacheAside();
      await treeUntil('the instance', (found) => found.some(has(instance)));
      const settings = vscode.workspace.getConfiguration('patternsmith');
      await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Global);
      try {
        deepEqual(await lenses(own), []);
      } finally {
        await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });
});

async function cacheAside(): Promise<void> {
  const target = `${repository}:UserRepository.findById`;
  const request = { pattern: 'cache-aside', name: 'user', engine: 'memory', target, apply: true };
  const result = await scaffold(request);
  equal(result?.status, 'applied', String((await activated()).exports.errors.last));
}

function read(path: string): string {
  return readFileSync(file(path).fsPath, 'utf8');
}

function write(path: string, text: string): void {
  writeFileSync(file(path).fsPath, text);
}

/** As if the unit's file had been generated otherwise by an older template. */
function olderUnit(change: (text: string) => string): void {
  const newest = read(unit);
  const older = change(newest);
  ok(older !== newest);
  lowerVersions();
  write(receipt, read(receipt).replace(hashOf(newest), hashOf(older)));
  write(`.patternsmith/base/${unit}.txt`, older);
  write(unit, older);
}

/** Updates where both sides have changed a line. The workspace as it was right before. */
async function conflict(ends = '\n'): Promise<Snapshot> {
  await cacheAside();
  olderUnit((text) => text.replace('export ', '/* older */ export '));
  write(unit, read(unit).replace('/* older */', '/* MINE */').replaceAll('\n', ends));
  const there = snapshot();
  const result = await lifecycle('update', { instance, apply: true });
  equal(result?.status, 'applied', await lastError());
  deepEqual(result.conflicts, [unit]);
  return there;
}

/** The file being merged, once the merge editor has taken the markers out of it. */
async function mergeEditor(): Promise<vscode.TextDocument> {
  await until('the merge editor', () => tab('Merging: cache-aside.ts')?.isActive);
  const document = await vscode.workspace.openTextDocument(file(unit));
  await until('the begun merge', () => !document.getText().includes('<<<<<<<'));
  return document;
}

/** As `Don't Save` and `Close with Conflicts` do, without their questions. */
async function closeMergeEditor(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await until('its end', () => !tab('Merging: cache-aside.ts') || undefined);
}

async function resolve(document: vscode.TextDocument): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  const at = document.getText().indexOf('/* older */');
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + 11));
  change.replace(document.uri, range, '/* MERGED */');
  await vscode.workspace.applyEdit(change);
  await document.save();
}

async function isDirty(path: string): Promise<boolean> {
  return (await vscode.workspace.openTextDocument(file(path))).isDirty;
}

async function lenses(path: string): Promise<readonly string[]> {
  const uri = file(path);
  await vscode.workspace.openTextDocument(uri);
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
  );
  return found
    .filter(({ command }) => command?.command.startsWith('patternsmith.'))
    .map(({ command }) => command!.title);
}
