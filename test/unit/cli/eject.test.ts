import { deepEqual, equal, match } from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { makeProject, remove, treeOf } from '../plan/support/disk.ts';
import { run } from './support/run.ts';

const TEMPLATES = join(import.meta.dirname, '../../../templates');
const HOME = '.patternsmith/templates';

interface Ejected {
  readonly unit: string;
  readonly folder: string;
  readonly files: readonly {
    readonly path: string;
    readonly action: string;
    readonly diff: string;
  }[];
  readonly next: readonly string[];
}
interface Refused {
  readonly error: { readonly code: string; readonly message: string; readonly choices: string[] };
}

describe('eject', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject();
  });
  afterEach(() => remove(root));

  const cli = (...args: string[]) => run([...args, '--cwd', root], { templatesDir: TEMPLATES });
  const json = async <T>(...args: string[]): Promise<T> =>
    JSON.parse((await cli(...args, '--json')).out) as T;
  const actions = ({ files }: Ejected) => [...new Set(files.map(({ action }) => action))];

  it("copies a pattern's folder without its demo, and says what next", async () => {
    const { code, out, err } = await cli('eject', 'cache-aside');
    deepEqual([code, err], [0, '']);
    match(
      out,
      /^patterns\/cache-aside\n {2}\+ \.patternsmith\/templates\/patterns\/cache-aside\/pattern\.json\n/,
    );
    match(out, /next:\n {2}.*raise "version".*\n {2}patternsmith plan cache-aside\n/);
    const there = await readdir(join(root, HOME, 'patterns/cache-aside'), { recursive: true });
    equal(there.includes('demo.ts'), false);
    equal(there.includes('page.md'), true);
    const copy = await readFile(join(root, HOME, 'patterns/cache-aside/pattern.json'), 'utf8');
    const original = await readFile(join(TEMPLATES, 'patterns/cache-aside/pattern.json'), 'utf8');
    deepEqual(
      {
        $schema: '../../../src/catalog/schema/pattern.schema.json',
        ...(JSON.parse(copy) as object),
      },
      JSON.parse(original),
    );
  });

  it('prints the result as JSON, paths as the folder that was named sees them', async () => {
    const ejected = await json<Ejected>('eject', 'engines/redis/cache-store');
    deepEqual(Object.keys(ejected), ['unit', 'folder', 'files', 'next']);
    deepEqual(
      [ejected.unit, ejected.folder],
      ['engines/redis/cache-store', `${HOME}/engines/redis`],
    );
    deepEqual(actions(ejected), ['create']);
    deepEqual(ejected.files.map(({ path }) => path.split('/').at(-1)).sort(), [
      'cache-store.json',
      'cache-store.test.ts.hbs',
      'cache-store.ts.hbs',
      'tracked-reads.ts.hbs',
    ]);
    match(ejected.files[0]?.diff ?? '', /^--- \/dev\/null\n\+\+\+ b\/\.patternsmith/);
  });

  it('a second time has nothing to do; what is missing comes back', async () => {
    await cli('eject', 'cache-aside');
    const before = await treeOf(root);
    deepEqual(actions(await json('eject', 'patterns/cache-aside')), ['same']);
    match((await cli('eject', 'cache-aside')).out, /already: nothing to do\.\n$/);
    deepEqual(await treeOf(root), before);
    await rm(join(root, HOME, 'patterns/cache-aside/page.md'));
    deepEqual(actions(await json('eject', 'cache-aside')), ['same', 'create'].sort().reverse());
    deepEqual(await treeOf(root), before);
  });

  it('never writes over what was changed: exit 3, and nothing else is written', async () => {
    await cli('eject', 'cache-aside');
    const page = `${HOME}/patterns/cache-aside/page.md`;
    await writeFile(join(root, page), 'Ours.\n');
    await rm(join(root, HOME, 'patterns/cache-aside/src'), { recursive: true });
    const before = await treeOf(root);
    const { code, out } = await cli('eject', 'cache-aside', '--json');
    const { error } = JSON.parse(out) as Refused;
    deepEqual([code, error.code, error.choices], [3, 'CONFLICT', [page]]);
    match(error.message, /page\.md is there with other content\. Nothing was written\.$/);
    deepEqual(await treeOf(root), before);
  });

  it('works where other own templates are broken: it is how one begins again', async () => {
    await cli('eject', 'kernel/clock');
    await writeFile(join(root, HOME, 'kernel/clock/module.json'), 'broken');
    equal((await cli('list')).code, 2);
    equal((await cli('eject', 'cache-aside')).code, 0);
  });

  for (const id of [
    'cache-asid',
    'kernel/none',
    'engines/redis',
    'engines/redis/x/y',
    '../x',
    'a/b/c',
    '',
  ]) {
    it(`refuses "${id}" with what could have been meant`, async () => {
      const before = await treeOf(root);
      const { code, out } = await cli('eject', id, '--json');
      const { error } = JSON.parse(out) as Refused;
      deepEqual([code, error.code, error.choices.length], [2, 'UNKNOWN_PATTERN', 8]);
      if (id === 'cache-asid') equal(error.choices[0], 'cache-aside');
      deepEqual(await treeOf(root), before);
    });
  }

  it('asks at a terminal, and anything but yes writes nothing', async () => {
    const before = await treeOf(root);
    const ask = (typed: string, ...more: string[]) =>
      run(['eject', 'kernel/clock', '--cwd', root, ...more], { typed, templatesDir: TEMPLATES });
    const declined = await ask('n\n');
    equal(declined.code, 130);
    match(declined.err, /Write 4 files into \.patternsmith\/templates\/kernel\/clock\? \[y\/N\]/);
    deepEqual(await treeOf(root), before);
    equal((await ask('y\n')).code, 0);
    const { kernel } = await loadCatalog(TEMPLATES);
    equal(
      (await readdir(join(root, HOME, 'kernel/clock'))).length,
      kernel.get('clock')!.files.length + 1,
    );
    equal((await ask('', '--yes')).code, 0);
  });
});
