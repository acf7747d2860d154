import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Engine } from '../../../../src/engine.ts';
import { hasConflictMarkers } from '../../../../src/plan/lifecycle/merge.ts';
import { APP } from '../support/application.ts';
import { Catalogue, replacing, version } from '../support/catalogue.ts';
import { makeProject, remove, treeOf, writeTexts } from '../support/disk.ts';
import { addTo, changesOf, removeFrom, updateIn } from '../support/engine.ts';

const TARGET = 'src/users.ts:UserRepository.findById';
const SAMPLE = 'src/patterns/sample/sample.ts';

/** The sample pattern, newer: its class says something else in two places. */
const NEWER = {
  'patterns/sample/pattern.json': version('1.1.0'),
  'patterns/sample/src/sample.ts.hbs': (text: string) =>
    text
      .replace('Loads into a box, and out of it again.', 'Loads into a box once.')
      .replace('const kept = this.#box.get() ??', 'const kept: Map<K, V> = this.#box.get() ??'),
};

describe('updating instances', () => {
  let root = '';
  let catalogue: Catalogue;
  beforeEach(async () => {
    root = await makeProject();
    catalogue = await Catalogue.copy();
  });
  afterEach(async () => {
    await remove(root);
    await catalogue.remove();
  });

  const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
  const edit = async (path: string, change: (text: string) => string): Promise<void> => {
    const before = await text(path);
    const after = change(before);
    if (after === before) throw new Error(`${path} has no such text`);
    await writeFile(join(root, path), after);
  };
  const add = (name?: string) =>
    addTo(root, {
      pattern: 'sample',
      ...(name === undefined ? { target: TARGET } : { name }),
    });
  const nothingMore = async (engine: Engine): Promise<void> => {
    const before = await treeOf(root);
    const again = await updateIn(root, engine);
    deepEqual(changesOf(again), []);
    deepEqual(again.commands, []);
    deepEqual(again.conflicts, []);
    deepEqual(await treeOf(root), before);
  };

  it('changes nothing while there is nothing newer', async () => {
    await add();
    await addTo(root, { pattern: 'second' });
    await nothingMore(await catalogue.change({}));
  });

  it('changes nothing where nothing was scaffolded', async () => {
    await nothingMore(await catalogue.change({}));
  });

  it('makes files that nobody touched what the new version would have made', async () => {
    await add();
    const engine = await catalogue.change(NEWER);
    const plan = await updateIn(root, engine);
    deepEqual(plan.instances, ['sample/user']);
    deepEqual(plan.warnings, []);
    match(await text(SAMPLE), /Loads into a box once\.[\s\S]*kept: Map<K, V>/);
    await nothingMore(engine);
    const updated = await treeOf(root);
    await remove(root);
    root = await makeProject();
    const { applyToDisk, diskFiles } = await import('../../../../src/engine.ts');
    await applyToDisk(
      root,
      await engine.plan({ pattern: 'sample', target: TARGET }, diskFiles(root)),
    );
    deepEqual(updated, await treeOf(root));
  });

  it('leaves nothing behind when it is removed afterwards', async () => {
    const before = await treeOf(root);
    await add();
    const engine = await catalogue.change(NEWER);
    await updateIn(root, engine);
    await removeFrom(root, 'sample/user', { by: engine });
    deepEqual(await treeOf(root), before);
  });

  it("merges a user's edit elsewhere in the file, with its line ends", async () => {
    await add();
    await edit(SAMPLE, (content) =>
      content
        .replace('this.#box.get()?.delete(key);', 'this.#box.get()?.delete(key); // mine')
        .replaceAll('\n', '\r\n'),
    );
    const engine = await catalogue.change(NEWER);
    const { conflicts } = await updateIn(root, engine);
    deepEqual(conflicts, []);
    const merged = await text(SAMPLE);
    match(merged, /Loads into a box once\.[\s\S]*kept: Map<K, V>[\s\S]*delete\(key\); \/\/ mine/);
    equal(merged.split('\n').length, merged.split('\r\n').length);
    await nothingMore(engine);
  });

  it('marks what both sides changed, and gives the three texts of it', async () => {
    await add();
    const base = await text(SAMPLE);
    await edit(SAMPLE, replacing('Loads into a box, and out of it again.', 'Mine.'));
    const current = await text(SAMPLE);
    const engine = await catalogue.change({
      ...NEWER,
      'patterns/sample/instance/wired.ts.hbs': (content) => `${content}// new\n`,
    });
    const plan = await updateIn(root, engine);
    const [conflict, ...more] = plan.conflicts;
    equal(more.length, 0);
    deepEqual([conflict?.path, conflict?.regions], [SAMPLE, 1]);
    deepEqual([conflict?.base, conflict?.current], [base, current]);
    match(conflict?.incoming ?? '', /Loads into a box once/);
    const merged = await text(SAMPLE);
    match(
      merged,
      /<<<<<<< yours\n\/\*\* Mine\. \*\/\n=======\n\/\*\* Loads into a box once\. \*\/\n>>>>>>> sample 1\.1\.0\n/,
    );
    match(merged, /kept: Map<K, V>/);
    match(plan.warnings.join(), /changed in the same place by you and by the new version/);
    match(await text('src/patterns/user-wired.ts'), /\/\/ new\n$/);
    match(await text('.patternsmith/receipt.json'), /"sample\/user version": "1\.1\.0"/);
  });

  it('waits while markers of an earlier merge are in the file, and goes on when they are settled', async () => {
    await add();
    await edit(SAMPLE, replacing('Loads into a box, and out of it again.', 'Mine.'));
    await updateIn(root, await catalogue.change(NEWER));
    ok(hasConflictMarkers(await text(SAMPLE)));
    const next = await catalogue.change({
      'patterns/sample/pattern.json': version('1.2.0'),
      'patterns/sample/src/sample.ts.hbs': replacing('async invalidate', 'public async invalidate'),
    });
    const before = await treeOf(root);
    await rejects(updateIn(root, next), { code: 'CONFLICT', choices: [SAMPLE] });
    deepEqual(await treeOf(root), before);
    await edit(SAMPLE, (content) =>
      content.replace(/<{7} yours\n([^]*?)={7}\n[^]*?>{7} .*\n/, '$1'),
    );
    deepEqual((await updateIn(root, next)).conflicts, []);
    match(await text(SAMPLE), /Mine\.[\s\S]*kept: Map<K, V>[\s\S]*public async invalidate/);
  });

  describe('of a unit with other files than before', () => {
    const WITHOUT_TEST = {
      'kernel/box/module.json': version('1.3.0', replacing(/,\s*\{[^{}]*"role": "test" \}/, '')),
      'kernel/box/box.test.ts.hbs': undefined,
    };

    it('deletes what is no longer part of it', async () => {
      await add();
      const engine = await catalogue.change(WITHOUT_TEST);
      const { files, warnings } = await updateIn(root, engine);
      deepEqual(
        files.filter(({ action }) => action === 'delete').map(({ path }) => path),
        [
          'src/patterns/kernel/box.test.ts',
          '.patternsmith/base/src/patterns/kernel/box.test.ts.txt',
        ],
      );
      deepEqual(warnings, []);
      doesNotMatch(await text('.patternsmith/receipt.json'), /box\.test/);
      await nothingMore(engine);
    });

    it('keeps of it what was changed by hand, and says so', async () => {
      await add();
      await edit('src/patterns/kernel/box.test.ts', (content) => `${content}// mine\n`);
      const engine = await catalogue.change(WITHOUT_TEST);
      const { warnings } = await updateIn(root, engine);
      match(await text('src/patterns/kernel/box.test.ts'), /mine/);
      match(warnings.join(), /box\.test\.ts was changed by hand and stays/);
      await nothingMore(engine);
    });

    it('brings in a module and a package that it newly needs', async () => {
      await add();
      const engine = await catalogue.change({
        'kernel/clock/module.json': JSON.stringify({
          id: 'clock',
          version: '1.0.0',
          intent: 'Tells the time.',
          requires: [],
          files: [{ template: 'clock.ts.hbs', path: 'kernel/clock.ts', role: 'source' }],
        }),
        'kernel/clock/clock.ts.hbs': 'export const now = (): number => Date.now();\n',
        'kernel/box/module.json': version(
          '1.3.0',
          replacing('"requires": ["label"]', '"requires": ["label", "clock"]'),
        ),
        'engines/memory/box.json': version(
          '1.1.0',
          replacing(
            '"dependencies": {}',
            '"dependencies": { "memory-box": [{ "range": "^1.0.0", "node": 18 }] }',
          ),
        ),
      });
      const { dependencies, commands } = await updateIn(root, engine);
      match(await text('src/patterns/kernel/clock.ts'), /Date\.now/);
      match(await text('.patternsmith/receipt.json'), /uses": ".*kernel\/clock/);
      deepEqual(dependencies.add, { 'memory-box': '^1.0.0' });
      match(await text('package.json'), /"memory-box": "\^1\.0\.0"/);
      deepEqual(commands, ['npm install', 'npm test']);
      await nothingMore(engine);
    });

    it('takes out a module that nothing needs any more, unless it is imported', async () => {
      for (const isImported of [false, true]) {
        await remove(root);
        root = await makeProject();
        await catalogue.remove();
        catalogue = await Catalogue.copy();
        await add();
        if (isImported) {
          await writeTexts(root, {
            'src/mine.ts': "import { label } from './patterns/kernel/label.js';\nlabel('', '');\n",
          });
        }
        const engine = await catalogue.change({
          'kernel/box/module.json': version(
            '1.3.0',
            replacing('"requires": ["label"]', '"requires": []'),
          ),
          'kernel/box/box.ts.hbs': (content) =>
            content.replace(/import .*\n\n/, '').replace("label('box', name)", '`box:${name}`'),
        });
        const { warnings } = await updateIn(root, engine);
        const tree = await treeOf(root);
        equal('src/patterns/kernel/label.ts' in tree, isImported);
        deepEqual(
          warnings,
          isImported
            ? [
                'src/patterns/kernel/label.ts is imported by src/mine.ts and stays: it is yours from now on.',
              ]
            : [],
        );
        await nothingMore(engine);
      }
    });

    it('refuses to write over a file of somebody else', async () => {
      await add();
      await writeTexts(root, { 'src/patterns/kernel/extra.ts': 'mine' });
      const engine = await catalogue.change({
        'kernel/box/module.json': version(
          '1.3.0',
          replacing(
            '"files": [',
            '"files": [{ "template": "extra.ts.hbs", "path": "kernel/extra.ts", "role": "source" },',
          ),
        ),
        'kernel/box/extra.ts.hbs': 'export const extra = 1;\n',
      });
      const before = await treeOf(root);
      await rejects(updateIn(root, engine), {
        code: 'CONFLICT',
        choices: ['src/patterns/kernel/extra.ts'],
      });
      deepEqual(await treeOf(root), before);
    });
  });

  it('updates those together that share what is newer, and says so', async () => {
    await add();
    await addTo(root, { pattern: 'second' });
    const engine = await catalogue.change({
      'kernel/label/module.json': version('1.1.0'),
      'kernel/label/label.ts.hbs': (content) => `${content}// new\n`,
    });
    const plan = await updateIn(root, engine, 'user');
    deepEqual(plan.instances, ['sample/user', 'second/other']);
    match(plan.warnings.join(), /second\/other is updated too/);
    await nothingMore(engine);
  });

  it('leaves alone what was not named and shares nothing that is newer', async () => {
    await add();
    await addTo(root, { pattern: 'second' });
    const engine = await catalogue.change({
      ...NEWER,
      'patterns/second/pattern.json': version('2.0.0'),
      'patterns/second/src/second.ts.hbs': (content) => `${content}// new\n`,
    });
    deepEqual((await updateIn(root, engine, 'sample/user')).instances, ['sample/user']);
    doesNotMatch(await text('src/patterns/second/second.ts'), /new/);
    deepEqual((await updateIn(root, engine)).instances, ['second/other']);
    match(await text('src/patterns/second/second.ts'), /new/);
    await nothingMore(engine);
    deepEqual((await updateIn(root, engine)).instances, ['sample/user', 'second/other']);
  });

  it('leaves what it cannot make anew as it is, with its own copy of what is shared', async () => {
    await add();
    await addTo(root, { pattern: 'second', out: 'src/shared' });
    const receipt = await text('.patternsmith/receipt.json');
    const engine = await catalogue.change({
      'patterns/second/pattern.json': undefined,
      'patterns/sample/pattern.json': replacing('"composesWith": ["second"]', '"composesWith": []'),
      'kernel/label/module.json': version('1.1.0'),
      'kernel/label/label.ts.hbs': (content) => `${content}// new\n`,
    });
    const { warnings } = await updateIn(root, engine);
    deepEqual(
      warnings.map((warning) => warning.slice(0, 32)),
      ['second/other stays as it is. The'],
    );
    match(await text('src/patterns/kernel/label.ts'), /\/\/ new/);
    doesNotMatch(await text('src/shared/kernel/label.ts'), /\/\/ new/);
    const line = /^.*"src\/shared\/kernel\/label\.ts".*$/m;
    equal(
      line.exec(await text('.patternsmith/receipt.json'))?.[0].replace(',', ''),
      line.exec(receipt)?.[0].replace(',', ''),
    );
  });

  it('leaves a deleted test deleted, and makes a deleted source file again', async () => {
    await add();
    await rm(join(root, 'src/patterns/sample/sample.test.ts'));
    await rm(join(root, SAMPLE));
    const engine = await catalogue.change(NEWER);
    await updateIn(root, engine);
    match(await text(SAMPLE), /Loads into a box once/);
    ok(!('src/patterns/sample/sample.test.ts' in (await treeOf(root))));
    await nothingMore(engine);
  });

  it('works for what was wired where the application is made, and for work that moved', async () => {
    await writeTexts(root, APP);
    await addTo(root, { pattern: 'front', target: 'src/app.ts' });
    await addTo(root, { pattern: 'worker', target: 'src/mailer.ts:Mailer.send' });
    const engine = await catalogue.change({
      'patterns/front/pattern.json': version('1.1.0'),
      'patterns/front/instance/instance.ts.hbs': (content) => `${content}// new\n`,
      'patterns/worker/pattern.json': version('1.1.0'),
      'patterns/worker/instance/instance.ts.hbs': (content) => `${content}// new\n`,
    });
    const { warnings } = await updateIn(root, engine);
    deepEqual(warnings, []);
    match(await text('src/patterns/app-front.ts'), /\/\/ new/);
    match(await text('src/patterns/send-worker.ts'), /console\.log\(mail\.to\)[\s\S]*\/\/ new/);
    await nothingMore(engine);
  });

  describe('refuses, and writes nothing,', () => {
    const refuses = async (engine: Engine, error: object): Promise<void> => {
      const before = await treeOf(root);
      await rejects(updateIn(root, engine), error);
      deepEqual(await treeOf(root), before);
    };

    it('what a newer version has made', async () => {
      await add();
      const engine = await catalogue.change({ 'patterns/sample/pattern.json': version('0.9.0') });
      await refuses(engine, { code: 'CONFLICT', message: /made by a newer Patternsmith/ });
    });

    it('where the output folder was renamed, for all of it would be made again beside', async () => {
      await add();
      await rename(join(root, 'src/patterns'), join(root, 'src/infra'));
      const before = await treeOf(root);
      const newer = await catalogue.change(NEWER);
      await rejects(updateIn(root, newer), {
        code: 'CONFLICT',
        message: /None of the files of sample\/user is where it was generated, in src\/patterns/,
        hint: /patternsmith remove sample\/user/,
      });
      deepEqual(await treeOf(root), before);
    });

    it('a receipt of a newer form', async () => {
      await add();
      await edit('.patternsmith/receipt.json', replacing('"patternsmith": 1', '"patternsmith": 2'));
      await refuses(await catalogue.change(NEWER), {
        code: 'BAD_RECEIPT',
        message: /written by a newer Patternsmith/,
      });
    });

    it('when it is not known any more what was learnt from the target', async () => {
      await add();
      await rm(join(root, '.patternsmith/wiring/sample/user.json'));
      await refuses(await catalogue.change(NEWER), { code: 'CONFLICT', message: /learnt from/ });
    });
  });

  describe('without the text as it was generated', () => {
    const BASE = `.patternsmith/base/${SAMPLE}.txt`;
    const LOSSES = {
      'is missing': () => rm(join(root, BASE)),
      'was changed': () => edit(BASE, (content) => `${content}evil();\n`),
    };
    for (const [what, lose] of Object.entries(LOSSES)) {
      it(`which ${what}, replaces what nobody changed`, async () => {
        await add();
        await lose();
        const engine = await catalogue.change(NEWER);
        const { conflicts } = await updateIn(root, engine);
        deepEqual(conflicts, []);
        match(await text(SAMPLE), /Loads into a box once/);
        doesNotMatch(await text(SAMPLE), /evil/);
        await nothingMore(engine);
      });

      it(`which ${what}, leaves both texts of what was changed`, async () => {
        await add();
        await lose();
        await edit(SAMPLE, (content) => `${content}// mine\n`);
        const current = await text(SAMPLE);
        const engine = await catalogue.change(NEWER);
        const { conflicts } = await updateIn(root, engine);
        deepEqual(
          conflicts.map(({ path, current: before }) => [path, before]),
          [[SAMPLE, current]],
        );
        match(await text(SAMPLE), /\/\/ mine[\s\S]*=======[\s\S]*Loads into a box once/);
      });
    }
  });
});
