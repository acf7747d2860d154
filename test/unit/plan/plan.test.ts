import { deepEqual, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ScaffoldRequest } from '../../../src/plan/types.ts';
import { makeProject, PROJECT, remove, treeOf, USERS, writeTexts } from './support/disk.ts';
import { addTo, changesOf, planIn } from './support/engine.ts';

const TARGET = 'src/users.ts:UserRepository.findById';

describe('planning a scaffold', () => {
  let root = '';
  beforeEach(async () => (root = await makeProject()));
  afterEach(() => remove(root));

  const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
  const edit = async (path: string, change: (text: string) => string): Promise<void> =>
    writeFile(join(root, path), change(await text(path)));
  const add = (request: Omit<ScaffoldRequest, 'pattern'> = {}) =>
    addTo(root, { pattern: 'sample', ...request });
  const plan = (request: Omit<ScaffoldRequest, 'pattern'> = {}) =>
    planIn(root, { pattern: 'sample', ...request });

  it('writes nothing', async () => {
    const before = await treeOf(root);
    await plan({ target: TARGET });
    deepEqual(await treeOf(root), before);
  });

  it('holds the pattern, the kernel modules it needs, the embedded engine and the instance', async () => {
    const { files, instance, engine } = await plan();
    equal(instance, 'sample/thing');
    equal(engine, 'memory');
    deepEqual(
      files.map(({ path }) => path).filter((path) => !path.startsWith('.patternsmith/')),
      [
        'src/patterns/kernel/label.ts',
        'src/patterns/kernel/box.ts',
        'src/patterns/kernel/box.test.ts',
        'src/patterns/engines/memory/box.ts',
        'src/patterns/sample/sample.ts',
        'src/patterns/sample/sample.test.ts',
        'src/patterns/thing-sample.ts',
        'src/patterns/thing-sample.test.ts',
        'package.json',
      ],
    );
  });

  it('adds the adapter of another engine beside the embedded one, and its package for the Node of the project', async () => {
    const { files, dependencies, commands } = await plan({ engine: 'shelf' });
    const paths = files.map(({ path }) => path);
    ok(paths.includes('src/patterns/engines/memory/box.ts'));
    ok(paths.includes('src/patterns/engines/shelf/box.ts'));
    deepEqual(dependencies, { add: { 'shelf-client': '^3.1.0' }, dev: {} });
    deepEqual(commands, ['npm install', 'npm test']);
  });

  it('wires what was named and takes the instance name from it', async () => {
    const { instance, wiring } = await add({ target: TARGET });
    equal(instance, 'sample/user');
    deepEqual(
      wiring.map(({ file, status }) => [file, status]),
      [['src/users.ts', 'wired']],
    );
    match(
      await text('src/users.ts'),
      /import \{ createUserCache \} from '\.\/patterns\/user-sample\.js';/,
    );
    match(await text('src/patterns/user-sample.ts'), /Promise<User \| undefined>/);
    ok(await text('src/patterns/user-wired.ts'));
  });

  it('merges its edits so that they turn the text before into the text after', async () => {
    const { files } = await plan({ target: TARGET, engine: 'shelf' });
    const edited = files.filter((file) => file.action === 'edit');
    deepEqual(edited.map(({ path }) => path).sort(), ['package.json', 'src/users.ts']);
    for (const { before, after, edits } of edited) {
      let applied = before;
      for (const { start, end, text } of edits.toReversed()) {
        applied = applied.slice(0, start) + text + applied.slice(end);
      }
      equal(applied, after);
    }
  });

  describe('again', () => {
    const requests: Record<string, Omit<ScaffoldRequest, 'pattern'>> = {
      'without target': {},
      'with name and options': { name: 'order-item', options: { size: '7', loud: 'true' } },
      'with engine': { engine: 'shelf', name: 'a' },
      'with target': { target: TARGET },
      'with a file for target': { target: 'src/users.ts' },
      'with target and name': { target: TARGET, name: 'people' },
      'with output folder': { out: 'src/shared/generated' },
    };
    for (const [name, request] of Object.entries(requests)) {
      it(`plans nothing ${name}`, async () => {
        const first = await add(request);
        notEqual(changesOf(first).length, 0);
        const second = await plan(request);
        deepEqual(changesOf(second), []);
        deepEqual(second.commands, []);
        deepEqual(
          second.wiring.map(({ status }) => status),
          first.wiring.map(() => 'already'),
        );
      });
    }

    it('plans nothing when the project was formatted meanwhile', async () => {
      await add({ target: TARGET });
      await edit('src/patterns/kernel/box.ts', (text) => text.replaceAll('\n', '\r\n'));
      await edit('src/patterns/sample/sample.ts', (text) => text.replaceAll('  ', '\t'));
      await edit('src/patterns/user-sample.ts', (text) => text.replaceAll(';', ''));
      await edit('src/users.ts', (text) => text.replaceAll("'", '"'));
      await writeTexts(root, { '.prettierrc': { useTabs: true } });
      const second = await plan({ target: TARGET });
      deepEqual(changesOf(second), []);
      deepEqual(second.warnings, []);
    });

    it('takes what is wired for its own when the receipt is lost', async () => {
      await add({ target: TARGET });
      await edit('src/patterns/user-sample.ts', (text) => `${text}// mine\n`);
      await rm(join(root, '.patternsmith'), { recursive: true });
      const second = await plan({ target: TARGET });
      deepEqual(
        second.wiring.map(({ status }) => status),
        ['already'],
      );
      deepEqual(
        changesOf(second).filter((path) => !path.startsWith('.patternsmith/')),
        [],
      );
    });

    it('wires again what was unwired by hand', async () => {
      await add({ target: TARGET });
      const wired = await text('src/users.ts');
      await writeFile(join(root, 'src/users.ts'), USERS);
      deepEqual(changesOf(await add({ target: TARGET })), ['src/users.ts']);
      equal(await text('src/users.ts'), wired);
    });

    it('creates a source file again that was deleted, and leaves a deleted test deleted', async () => {
      await add();
      await rm(join(root, 'src/patterns/kernel/label.ts'));
      await rm(join(root, 'src/patterns/kernel/box.test.ts'));
      await rm(join(root, 'src/patterns/thing-sample.test.ts'));
      deepEqual(changesOf(await plan()), ['src/patterns/kernel/label.ts']);
    });

    it('a second instance only adds its own files', async () => {
      await add({ target: TARGET });
      deepEqual(
        changesOf(await plan({ name: 'order' })).filter(
          (path) => !path.startsWith('.patternsmith/base/'),
        ),
        [
          'src/patterns/order-sample.ts',
          'src/patterns/order-sample.test.ts',
          '.patternsmith/receipt.json',
        ],
      );
    });

    it('a second pattern shares the kernel modules of the first', async () => {
      await add();
      const paths = changesOf(await planIn(root, { pattern: 'second' }));
      deepEqual(
        paths.filter((path) => path.startsWith('src/')),
        ['src/patterns/second/second.ts', 'src/patterns/other-second.ts'],
      );
    });

    it('other answers for an instance that is there are a conflict', async () => {
      await add({ target: TARGET });
      await writeTexts(root, { 'src/orders.ts': USERS });
      const others: Omit<ScaffoldRequest, 'pattern'>[] = [
        { engine: 'shelf' },
        { options: { size: 9 } },
        { out: 'src/elsewhere' },
        { target: 'src/orders.ts:UserRepository.findById' },
      ];
      for (const other of others) {
        await rejects(plan({ name: 'user', ...other }), { code: 'CONFLICT', exitCode: 3 });
      }
    });

    it('a name that a target suggests and that is taken has to be given', async () => {
      await add({ target: TARGET });
      await writeTexts(root, { 'src/orders.ts': USERS });
      const target = 'src/orders.ts:UserRepository.findById';
      await rejects(plan({ target }), { code: 'BAD_NAME' });
      equal((await plan({ target, name: 'other' })).instance, 'sample/other');
    });

    it('a target named later is wired, and an untouched instance takes its types', async () => {
      await add({ name: 'user' });
      const { warnings } = await add({ name: 'user', target: TARGET });
      deepEqual(warnings, []);
      match(await text('src/patterns/user-sample.ts'), /Promise<User \| undefined>/);
      deepEqual(changesOf(await plan({ target: TARGET })), []);
    });

    it('a target named later leaves an instance that was changed by hand, and says so', async () => {
      await add({ name: 'user' });
      await edit('src/patterns/user-sample.ts', (text) => `${text}// mine\n`);
      const { warnings } = await add({ name: 'user', target: TARGET });
      match(await text('src/patterns/user-sample.ts'), /\/\/ mine\n$/);
      match(warnings.join(), /user-sample\.ts was changed by hand/);
    });
  });

  describe('conflicts', () => {
    it('names every path that is taken, and plans nothing', async () => {
      await writeTexts(root, {
        'src/patterns/kernel/box.ts': 'mine',
        'src/patterns/thing-sample.ts': 'mine too',
      });
      await rejects(plan(), {
        code: 'CONFLICT',
        exitCode: 3,
        choices: ['src/patterns/kernel/box.ts', 'src/patterns/thing-sample.ts'],
      });
    });

    it('a file with the same content is no conflict', async () => {
      const { files } = await plan();
      const box = files.find(({ path }) => path.endsWith('kernel/box.ts'));
      ok(box?.action === 'create');
      await writeTexts(root, { [box.path]: box.text.replaceAll('\n', '\r\n') });
      const again = await plan();
      equal(again.files.find(({ path }) => path === box.path)?.action, 'same');
    });

    it('a path that differs only in letter case', async () => {
      await writeTexts(root, { 'src/patterns/Kernel/mine.ts': '' });
      await rejects(plan(), { code: 'CONFLICT', message: /only in letter case/ });
    });

    it('a folder in the place of a file, a file in the place of a folder', async () => {
      await writeTexts(root, { 'src/patterns/kernel/box.ts/a.ts': '' });
      await rejects(plan(), { code: 'CONFLICT', message: /is a folder/ });
      await rm(join(root, 'src/patterns'), { recursive: true });
      await writeTexts(root, { 'src/patterns': '' });
      await rejects(plan(), { code: 'CONFLICT', message: /is a file/ });
    });
  });

  describe('newer templates', () => {
    const age = async (owner: string): Promise<void> =>
      edit('.patternsmith/receipt.json', (text) =>
        text.replaceAll(new RegExp(`${owner}@\\d+`, 'g'), `${owner}@0`),
      );

    it('replace what nobody changed', async () => {
      await add();
      const current = await text('src/patterns/kernel/box.ts');
      const older = current.replace('keeps one value', 'kept one value');
      await writeFile(join(root, 'src/patterns/kernel/box.ts'), older);
      const { hashOf } = await import('../../../src/plan/receipt.ts');
      await edit('.patternsmith/receipt.json', (text) =>
        text.replace(hashOf(current), hashOf(older)),
      );
      await age('kernel/box');
      await add({ name: 'next' });
      equal(await text('src/patterns/kernel/box.ts'), current);
      match(await text('.patternsmith/receipt.json'), /kernel\/box@1\.2\.0/);
    });

    it('leave a unit alone of which a file was changed by hand, and say so', async () => {
      await add();
      await edit('src/patterns/kernel/box.ts', (text) => `${text}// mine\n`);
      await age('kernel/box');
      const { warnings, files } = await add({ name: 'next' });
      equal(files.find(({ path }) => path === 'src/patterns/kernel/box.ts')?.action, 'same');
      match(warnings.join(), /box\.ts was changed by hand/);
      match(await text('.patternsmith/receipt.json'), /kernel\/box@0\.2\.0/);
    });
  });

  it('stops between its steps when it is told to', async () => {
    const { createEngine, diskFiles } = await import('../../../src/engine.ts');
    const { TEMPLATES } = await import('./support/engine.ts');
    const engine = createEngine({ templatesDir: TEMPLATES });
    const abort = new AbortController();
    abort.abort();
    await rejects(engine.plan({ pattern: 'sample' }, diskFiles(root), { signal: abort.signal }), {
      code: 'CANCELLED',
      exitCode: 130,
    });
  });

  it('in a workspace stays in the package of the target, and says how to install and test there', async () => {
    await remove(root);
    root = await makeProject({
      'package.json': {
        name: 'all',
        private: true,
        workspaces: ['packages/*'],
        devDependencies: { '@types/node': '^22.0.0' },
      },
      'package-lock.json': { lockfileVersion: 3 },
      ...Object.fromEntries(
        Object.entries(PROJECT)
          .filter(([path]) => path !== 'package-lock.json')
          .map(([path, text]) => [`packages/shop/${path}`, text]),
      ),
    });
    const target = 'packages/shop/src/users.ts:UserRepository.findById';
    const result = await add({ target, engine: 'shelf' });
    ok(changesOf(result).every((path) => path.startsWith('packages/shop/')));
    deepEqual(result.commands, ['npm install', 'npm --prefix packages/shop test']);
    match(
      await text('packages/shop/.patternsmith/receipt.json'),
      /"src\/users\.ts:UserRepository\.findById"/,
    );
    deepEqual(changesOf(await plan({ target })), []);
  });
});
