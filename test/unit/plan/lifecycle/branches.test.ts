import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createEngine, diskFiles } from '../../../../src/engine.ts';
import { Catalogue, version } from '../support/catalogue.ts';
import { makeProject, PROJECT, remove, treeOf, USERS } from '../support/disk.ts';
import { addTo, changesOf, removeFrom, switchIn, TEMPLATES, updateIn } from '../support/engine.ts';

const TARGET = 'src/users.ts:UserRepository.findById';

/** Two people add something at the same time, each on a branch, and git merges them. */
describe('instances added on two branches', () => {
  let root = '';
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    });
  const commit = (): void => {
    git('add', '--all');
    git('commit', '--message', 'A step');
  };
  const withoutGit = async () =>
    Object.fromEntries(
      Object.entries(await treeOf(root)).filter(([path]) => !path.startsWith('.git/')),
    );
  let before: Awaited<ReturnType<typeof withoutGit>>;

  const branches = async (...adds: readonly (() => Promise<unknown>)[]): Promise<void> => {
    for (const [index, add] of adds.entries()) {
      git('checkout', '--quiet', '-b', `branch-${index}`, 'main');
      await add();
      commit();
    }
    git('checkout', '--quiet', 'main');
    for (const index of adds.keys()) git('merge', '--no-edit', `branch-${index}`);
    equal(git('status', '--porcelain'), '');
  };

  beforeEach(async () => {
    root = await makeProject({
      ...PROJECT,
      'src/orders.ts': USERS.replaceAll('User', 'Order').replaceAll('user', 'order'),
    });
    git('init', '--quiet', '--initial-branch', 'main');
    commit();
    before = await withoutGit();
    await branches(
      () => addTo(root, { pattern: 'sample', target: TARGET }),
      () =>
        addTo(root, {
          pattern: 'sample',
          name: 'order',
          target: 'src/orders.ts:OrderRepository.findById',
          engine: 'shelf',
        }),
      () => addTo(root, { pattern: 'second' }),
    );
  });
  afterEach(() => remove(root));

  it('are all there, and as they were generated', async () => {
    const engine = createEngine({ templatesDir: TEMPLATES });
    const all = await engine.status(diskFiles(root), '');
    deepEqual(
      all.map(({ instance, state, engine: on }) => [instance, state, on]),
      [
        ['sample/order', 'clean', 'shelf'],
        ['sample/user', 'clean', 'memory'],
        ['second/other', 'clean', 'memory'],
      ],
    );
    deepEqual(changesOf(await updateIn(root, engine)), []);
  });

  it('are updated together', async () => {
    const catalogue = await Catalogue.copy();
    try {
      const engine = await catalogue.change({
        'kernel/label/module.json': version('1.1.0'),
        'kernel/label/label.ts.hbs': (content) => `${content}// new\n`,
      });
      const { instances, conflicts } = await updateIn(root, engine);
      deepEqual(instances, ['sample/order', 'sample/user', 'second/other']);
      deepEqual(conflicts, []);
      match(await readFile(join(root, 'src/patterns/kernel/label.ts'), 'utf8'), /\/\/ new/);
      JSON.parse(await readFile(join(root, '.patternsmith/receipt.json'), 'utf8'));
      deepEqual(changesOf(await updateIn(root, engine)), []);
    } finally {
      await catalogue.remove();
    }
  });

  it('are removed one by one until nothing of them is left', async () => {
    await switchIn(root, 'sample/order', 'memory');
    for (const instance of ['sample/user', 'second/other', 'sample/order']) {
      deepEqual((await removeFrom(root, instance)).warnings, []);
    }
    deepEqual(await withoutGit(), before);
  });

  it('one taken out on a branch while another was updated can have its lines back, and is taken out again', async () => {
    const catalogue = await Catalogue.copy();
    try {
      const engine = await catalogue.change({
        'patterns/sample/pattern.json': version('1.1.0'),
        'patterns/sample/src/sample.ts.hbs': (content) => `${content}// new\n`,
      });
      git('branch', '-D', 'branch-0', 'branch-1', 'branch-2');
      await branches(
        () => removeFrom(root, 'second/other'),
        () => updateIn(root, engine, 'sample/user'),
      );
      const states = async () =>
        (await engine.status(diskFiles(root), '')).map(({ instance, version: at, state }) => [
          instance,
          at,
          state,
        ]);
      const others = [
        ['sample/order', '1.1.0', 'clean'],
        ['sample/user', '1.1.0', 'clean'],
      ];
      // Both sides wrote the receipt anew in the same place, of which git keeps all lines.
      deepEqual(await states(), [...others, ['second/other', '1.0.0', 'missing']]);
      await removeFrom(root, 'second/other', { by: engine });
      deepEqual(await states(), others);
      deepEqual(changesOf(await updateIn(root, engine)), []);
    } finally {
      await catalogue.remove();
    }
  });
});
