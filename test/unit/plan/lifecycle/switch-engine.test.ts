import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { applyToDisk, diskFiles } from '../../../../src/engine.ts';
import { Catalogue, replacing, version } from '../support/catalogue.ts';
import { makeProject, PROJECT, remove, treeOf, writeTexts } from '../support/disk.ts';
import { addTo, changesOf, removeFrom, switchIn } from '../support/engine.ts';

const TARGET = 'src/users.ts:UserRepository.findById';
const INSTANCE = 'src/patterns/user-sample.ts';

describe('switching the engine', () => {
  let root = '';
  beforeEach(async () => (root = await makeProject()));
  afterEach(() => remove(root));

  const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
  const edit = async (path: string, change: (text: string) => string): Promise<void> => {
    const before = await text(path);
    const after = change(before);
    if (after === before) throw new Error(`${path} has no such text`);
    await writeFile(join(root, path), after);
  };
  const add = (engine = 'memory') => addTo(root, { pattern: 'sample', target: TARGET, engine });

  it('brings in the adapter and its package, changes the lines that build, and keeps the adapter that tests run on', async () => {
    await add();
    const users = await text('src/users.ts');
    const plan = await switchIn(root, 'sample/user', 'shelf');
    match(await text('src/patterns/engines/shelf/box.ts'), /shelfBox/);
    match(await text('src/patterns/engines/memory/box.ts'), /memoryBox/);
    const instance = await text(INSTANCE);
    match(instance, /import \{ shelfBox \} from '\.\/engines\/shelf\/box\.js';/);
    match(instance, /new Sample\(shelfBox\(\), load\)/);
    doesNotMatch(instance, /memory/);
    equal(await text('src/users.ts'), users);
    deepEqual(plan.dependencies.add, { 'shelf-client': '^3.1.0' });
    match(await text('package.json'), /"shelf-client": "\^3\.1\.0"/);
    deepEqual(plan.commands, ['npm install', 'npm test']);
    deepEqual(plan.conflicts, []);
    match(await text('.patternsmith/receipt.json'), /"sample\/user engine": "shelf"/);
  });

  it('makes what would have been made on that engine from the start', async () => {
    await add();
    await switchIn(root, 'sample/user', 'shelf');
    const switched = await treeOf(root);
    await remove(root);
    root = await makeProject();
    await add('shelf');
    deepEqual(switched, await treeOf(root));
  });

  it('there and back leaves every byte as it was, from either engine', async () => {
    for (const [from, to] of [
      ['memory', 'shelf'],
      ['shelf', 'memory'],
    ] as const) {
      await remove(root);
      root = await makeProject();
      await add(from);
      const before = await treeOf(root);
      await switchIn(root, 'sample/user', to);
      await switchIn(root, 'sample/user', from);
      deepEqual(await treeOf(root), before, from);
    }
  });

  it('takes the tests of the adapter out too where tests have a folder of their own', async () => {
    const catalogue = await Catalogue.copy();
    try {
      const by = await catalogue.change({
        'engines/shelf/box.json': (manifest) =>
          manifest.replace(
            '"files": [',
            '"files": [{ "template": "box.test.ts.hbs", "path": "engines/shelf/box.test.ts", "role": "test" },',
          ),
        'engines/shelf/box.test.ts.hbs': `import { describe, it } from 'node:test';
import { shelfBox } from './box.js';

describe('the shelf', () => {
  it('is there', () => void shelfBox());
});
`,
      });
      await remove(root);
      root = await makeProject({
        ...PROJECT,
        'package.json': String(PROJECT['package.json'])
          .replace('vitest run', 'mocha')
          .replace('"vitest": "^4.0.0"', '"mocha": "^11.0.0"'),
        '.mocharc.json': { spec: 'test/**/*.test.ts' },
        'test/users.test.ts': "import '../src/users.js';\n",
      });
      const before = await treeOf(root);
      const plan = await by.plan({ pattern: 'sample', engine: 'shelf' }, diskFiles(root));
      await applyToDisk(root, plan);
      ok('test/engines/shelf/box.test.ts' in (await treeOf(root)));
      const { warnings } = await switchIn(root, 'sample/thing', 'memory', { by });
      deepEqual(warnings, []);
      doesNotMatch(JSON.stringify(await treeOf(root)), /shelf/);
      await removeFrom(root, 'sample/thing', { by });
      deepEqual(await treeOf(root), before);
    } finally {
      await catalogue.remove();
    }
  });

  it('takes the adapter and package of the former engine out, unless another instance is on it', async () => {
    await add('shelf');
    await addTo(root, { pattern: 'sample', name: 'other', engine: 'shelf' });
    await switchIn(root, 'sample/user', 'memory');
    ok('src/patterns/engines/shelf/box.ts' in (await treeOf(root)));
    match(await text('package.json'), /shelf-client/);
    await switchIn(root, 'sample/other', 'memory');
    doesNotMatch(JSON.stringify(await treeOf(root)), /engines\/shelf/);
    doesNotMatch(await text('package.json'), /shelf-client/);
    doesNotMatch(await text('.patternsmith/receipt.json'), /shelf/);
  });

  it("keeps the user's edits in the instance", async () => {
    await add();
    const mine = (content: string): string =>
      `// Mine.\n${content}`.replace('3 at most', 'three at most');
    await edit(INSTANCE, mine);
    const before = await text(INSTANCE);
    const { conflicts } = await switchIn(root, 'sample/user', 'shelf');
    deepEqual(conflicts, []);
    equal(
      await text(INSTANCE),
      before
        .replaceAll('memoryBox', 'shelfBox')
        .replace('./engines/memory/box.js', './engines/shelf/box.js'),
    );
    await switchIn(root, 'sample/user', 'memory');
    equal(await text(INSTANCE), before);
  });

  it('marks a conflict where the user changed the very lines that build', async () => {
    await add();
    await edit(INSTANCE, replacing('new Sample(memoryBox(), load)', 'new Sample(mine(), load)'));
    const { conflicts } = await switchIn(root, 'sample/user', 'shelf');
    deepEqual(
      conflicts.map(({ path, regions }) => [path, regions]),
      [[INSTANCE, 1]],
    );
    match(await text(INSTANCE), /mine\(\), load\);\n=======\n.*shelfBox\(\), load\);/);
  });

  it('keeps an adapter of the former engine that was changed by hand, and its package', async () => {
    await add('shelf');
    await edit(
      'src/patterns/engines/shelf/box.ts',
      (content) => `import 'shelf-client';\n${content}`,
    );
    const { warnings } = await switchIn(root, 'sample/user', 'memory');
    match(await text('src/patterns/engines/shelf/box.ts'), /shelf-client/);
    match(await text('package.json'), /shelf-client/);
    deepEqual(warnings, [
      'src/patterns/engines/shelf/box.ts was changed by hand and stays: it is yours from now on.',
      'shelf-client stays in package.json: other code imports it.',
    ]);
  });

  it('leaves a deleted test deleted', async () => {
    await add();
    await rm(join(root, 'src/patterns/user-sample.test.ts'));
    await switchIn(root, 'sample/user', 'shelf');
    ok(!('src/patterns/user-sample.test.ts' in (await treeOf(root))));
  });

  it('to the engine that it is on has nothing to do', async () => {
    await add();
    const plan = await switchIn(root, 'sample/user', 'memory');
    deepEqual(changesOf(plan), []);
    deepEqual(plan.warnings, ['sample/user is on memory already.']);
    deepEqual(plan.commands, []);
  });

  it('refuses an engine that the pattern cannot run on, and names those that it can', async () => {
    await add();
    const before = await treeOf(root);
    await rejects(switchIn(root, 'sample/user', 'shelv'), { code: 'UNKNOWN_ENGINE' });
    await rejects(switchIn(root, 'sample/usr', 'shelf'), { code: 'UNKNOWN_INSTANCE' });
    deepEqual(await treeOf(root), before);
  });

  it('refuses a file of somebody else in the place of the adapter', async () => {
    await add();
    await writeTexts(root, { 'src/patterns/engines/shelf/box.ts': 'mine' });
    const before = await treeOf(root);
    await rejects(switchIn(root, 'sample/user', 'shelf'), {
      code: 'CONFLICT',
      choices: ['src/patterns/engines/shelf/box.ts'],
    });
    deepEqual(await treeOf(root), before);
  });

  it('brings what it touches to the newest version, with all that share it', async () => {
    await add();
    await addTo(root, { pattern: 'second' });
    const catalogue = await Catalogue.copy();
    try {
      const by = await catalogue.change({
        'kernel/label/module.json': version('1.1.0'),
        'kernel/label/label.ts.hbs': (content) => `${content}// new\n`,
      });
      const plan = await switchIn(root, 'sample/user', 'shelf', { by });
      deepEqual(plan.instances, ['sample/user', 'second/other']);
      match(plan.warnings.join(), /second\/other is updated too/);
      match(await text('src/patterns/kernel/label.ts'), /\/\/ new/);
    } finally {
      await catalogue.remove();
    }
  });

  it('leaves nothing behind when the instance is removed afterwards', async () => {
    const before = await treeOf(root);
    await add();
    await switchIn(root, 'sample/user', 'shelf');
    await removeFrom(root, 'sample/user');
    deepEqual(await treeOf(root), before);
  });
});
