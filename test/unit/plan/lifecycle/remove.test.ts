import { deepEqual, doesNotMatch, equal, match, rejects } from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { ScaffoldRequest } from '../../../../src/plan/types.ts';
import { APP } from '../support/application.ts';
import {
  makeProject,
  PROJECT,
  remove,
  type Texts,
  treeOf,
  USERS,
  writeTexts,
} from '../support/disk.ts';
import { addTo, removeFrom } from '../support/engine.ts';

const TARGET = 'src/users.ts:UserRepository.findById';
const SHELF = { 'shelf-client': '^3.1.0' };

const WITH_APP: Texts = { ...PROJECT, ...APP };

describe('removing an instance', () => {
  let root = '';
  const open = async (texts: Texts = PROJECT): Promise<void> => {
    root = await makeProject(texts);
  };
  afterEach(() => remove(root));

  const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
  const edit = async (path: string, change: (text: string) => string): Promise<void> => {
    const before = await text(path);
    const after = change(before);
    if (after === before) throw new Error(`${path} has no such text`);
    await writeFile(join(root, path), after);
  };
  const add = (request: Partial<ScaffoldRequest> = {}) =>
    addTo(root, { pattern: 'sample', ...request });

  describe('leaves every byte as it was', () => {
    const requests: Readonly<Record<string, ScaffoldRequest>> = {
      'without target': { pattern: 'sample' },
      'with target': { pattern: 'sample', target: TARGET },
      'with target and dependency': { pattern: 'sample', target: TARGET, engine: 'shelf' },
      'with output folder': { pattern: 'sample', out: 'src/shared/generated', engine: 'shelf' },
      'with a body that moved': {
        pattern: 'worker',
        name: 'mail',
        target: 'src/mailer.ts:Mailer.send',
      },
      'in front of the application': { pattern: 'front', target: 'src/app.ts' },
    };
    const everywhere = (change: (text: string) => string): Texts =>
      Object.fromEntries(
        Object.entries(WITH_APP).map(([path, content]) => [
          path,
          typeof content === 'string' ? change(content) : content,
        ]),
      );
    const withManifest = (change: (manifest: string) => string): Texts => ({
      ...WITH_APP,
      'package.json': change(String(PROJECT['package.json'])),
    });
    const projects: Readonly<Record<string, Texts>> = {
      'as Prettier leaves it': WITH_APP,
      'with CRLF': everywhere((content) => content.replaceAll('\n', '\r\n')),
      'with byte order marks': everywhere((content) => `\uFEFF${content}`),
      'without final newlines': everywhere((content) => content.trimEnd()),
      'with tabs': everywhere((content) => content.replaceAll('  ', '\t')),
      'without dependencies': withManifest((content) =>
        content.replace(/ {2}"dependencies": \{[^}]*\},\n/, ''),
      ),
      'with dependencies last': withManifest((content) =>
        content
          .replace(/ {2}"dependencies": \{[^}]*\},\n/, '')
          .replace(/\}\n\}\n$/, '},\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n'),
      ),
    };
    for (const [project, texts] of Object.entries(projects)) {
      for (const [what, request] of Object.entries(requests)) {
        it(`${what}, in a project ${project}`, async () => {
          await open(texts);
          const before = await treeOf(root);
          const { instance, wiring } = await addTo(root, request);
          if (request.target !== undefined) equal(wiring[0]?.status, 'wired');
          const plan = await removeFrom(root, instance);
          deepEqual(await treeOf(root), before);
          deepEqual(plan.warnings, []);
          deepEqual(
            plan.wiring.map(({ status }) => status),
            wiring.map(() => 'unwired'),
          );
        });
      }
    }

    it('in a package of a workspace', async () => {
      await open({
        'package.json': { name: 'all', private: true, workspaces: ['packages/*'] },
        'package-lock.json': { lockfileVersion: 3 },
        ...Object.fromEntries(
          Object.entries(PROJECT)
            .filter(([path]) => path !== 'package-lock.json')
            .map(([path, content]) => [`packages/shop/${path}`, content]),
        ),
      });
      const before = await treeOf(root);
      const { instance } = await add({ target: `packages/shop/${TARGET}`, engine: 'shelf' });
      const plan = await removeFrom(root, instance, { dir: 'packages/shop' });
      deepEqual(await treeOf(root), before);
      deepEqual(plan.dependencies.remove, Object.keys(SHELF));
      deepEqual(plan.commands, ['npm install', 'npm --prefix packages/shop test']);
    });

    it('with two instances in one file, whichever goes first', async () => {
      const texts = { ...PROJECT, 'src/users.ts': USERS.replace('  async save', FIND_BY_NAME) };
      const adds: Readonly<Record<string, () => Promise<unknown>>> = {
        'sample/user': () => add({ target: TARGET }),
        'sample/both': () =>
          add({ name: 'both', target: 'src/users.ts:UserRepository.findByName' }),
      };
      for (const [first, second] of [
        ['sample/user', 'sample/both'],
        ['sample/both', 'sample/user'],
      ] as const) {
        await open(texts);
        const before = await treeOf(root);
        await adds[second]!();
        const alone = await text('src/users.ts');
        await removeFrom(root, second);
        deepEqual(await treeOf(root), before);
        for (const each of Object.values(adds)) await each();
        await removeFrom(root, first);
        equal(await text('src/users.ts'), alone);
        deepEqual((await removeFrom(root, second)).warnings, []);
        deepEqual(await treeOf(root), before, first);
        await remove(root);
      }
    });

    it('with two in one file of which one was changed: nothing, before that is settled', async () => {
      await open({ ...PROJECT, 'src/users.ts': USERS.replace('  async save', FIND_BY_NAME) });
      await add({ target: TARGET });
      await add({ name: 'both', target: 'src/users.ts:UserRepository.findByName' });
      await edit('src/users.ts', (content) => content.replace('#byId.get(id)', '#byId.get(id)!'));
      const before = await treeOf(root);
      const { files, wiring } = await removeFrom(root, 'sample/user');
      deepEqual(files, []);
      match(wiring[0]?.reason ?? '', /or sample\/both was wired in among them: remove that first/);
      deepEqual(await treeOf(root), before);
    });

    it('of two patterns, and keeps what they share until the last', async () => {
      await open();
      const before = await treeOf(root);
      await add({ target: TARGET });
      await addTo(root, { pattern: 'second' });
      const second = await treeOf(root);
      await removeFrom(root, 'sample/user');
      equal(
        (await treeOf(root))['src/patterns/kernel/label.ts'],
        second['src/patterns/kernel/label.ts'],
      );
      doesNotMatch(JSON.stringify(await treeOf(root)), /kernel\/box|engines|sample/);
      await removeFrom(root, 'second/other');
      deepEqual(await treeOf(root), before);
    });

    it('of an instance whose neighbour of the same pattern came later', async () => {
      await open();
      await add({ name: 'next', engine: 'shelf' });
      const before = await treeOf(root);
      await add({ target: TARGET });
      await removeFrom(root, 'sample/user');
      deepEqual(await treeOf(root), before);
    });
  });

  describe('from code that has changed since', () => {
    it('keeps edits elsewhere in the wired file', async () => {
      await open();
      await add({ target: TARGET });
      const mine = (content: string): string =>
        `// Mine.\n${content}`
          .replace('readonly name: string;', 'readonly name: string;\n  readonly age: number;')
          .replace('values ($1, $2)', 'values ($1, $2, 3)');
      await edit('src/users.ts', mine);
      const { wiring } = await removeFrom(root, 'sample/user');
      equal(await text('src/users.ts'), mine(USERS));
      deepEqual(wiring, [{ file: 'src/users.ts', status: 'unwired' }]);
    });

    it('keeps line ends where a checkout has changed them', async () => {
      await open();
      await add({ target: TARGET });
      await edit('src/users.ts', (content) => content.replaceAll('\n', '\r\n'));
      await removeFrom(root, 'sample/user');
      equal(await text('src/users.ts'), USERS.replaceAll('\n', '\r\n'));
    });

    it('does nothing where a wired line was changed, and shows what to take out', async () => {
      await open();
      await add({ target: TARGET });
      await edit('src/users.ts', (content) =>
        content.replace('return this.#byId.get(id);', 'return (await this.#byId.get(id))!;'),
      );
      const before = await treeOf(root);
      const plan = await removeFrom(root, 'sample/user');
      deepEqual(plan.files, []);
      deepEqual(plan.commands, []);
      deepEqual(await treeOf(root), before);
      const [place, ...more] = plan.wiring;
      deepEqual([place?.file, place?.status, more.length], ['src/users.ts', 'manual', 0]);
      match(place?.reason ?? '', /have been changed/);
      match(place?.snippet ?? '', /^\+ {4}return this\.#byId\.get\(id\);$/m);
      equal((await text('src/users.ts')).split('\n')[place!.line! - 1], ASYNC_LINE);
    });

    it('does nothing while another file imports the instance', async () => {
      await open();
      await add({ target: TARGET });
      await writeTexts(root, {
        'src/other.ts': "// Mine.\nexport { createUserCache } from './patterns/user-sample.js';\n",
      });
      const before = await treeOf(root);
      const plan = await removeFrom(root, 'sample/user');
      deepEqual(await treeOf(root), before);
      deepEqual(plan.files, []);
      deepEqual(
        plan.wiring.map(({ file, status, line }) => [file, status, line]),
        [['src/other.ts', 'manual', 2]],
      );
      match(plan.wiring[0]?.reason ?? '', /still imports \.\/patterns\/user-sample\.js/);
    });

    it('keeps a file that was changed by hand, with all that it imports, and says so', async () => {
      await open();
      await add({ target: TARGET });
      await edit('src/patterns/sample/sample.ts', (content) => `${content}// mine\n`);
      const { warnings } = await removeFrom(root, 'sample/user');
      equal(await text('src/users.ts'), USERS);
      const left = Object.keys(await treeOf(root)).filter((path) => /^(src\/p|\.p.*s)/.test(path));
      deepEqual(left, [
        'src/patterns/',
        'src/patterns/kernel/',
        'src/patterns/kernel/box.ts',
        'src/patterns/kernel/label.ts',
        'src/patterns/sample/',
        'src/patterns/sample/sample.ts',
      ]);
      match(warnings.join('\n'), /sample\.ts was changed by hand and stays/);
      match(warnings.join('\n'), /kernel\/box\.ts, src\/patterns\/kernel\/label\.ts/);
    });

    it('keeps a dependency that other code imports', async () => {
      await open();
      await add({ engine: 'shelf' });
      await writeTexts(root, {
        'src/mine.ts': "import { open } from 'shelf-client/fs';\nopen();\n",
      });
      const before = await text('package.json');
      const { warnings, dependencies } = await removeFrom(root, 'sample/thing');
      equal(await text('package.json'), before);
      deepEqual(dependencies.remove ?? [], []);
      deepEqual(warnings, ['shelf-client stays in package.json: other code imports it.']);
    });

    it('keeps a dependency whose range was changed', async () => {
      await open();
      await add({ engine: 'shelf' });
      await edit('package.json', (content) => content.replace('^3.1.0', '^3.2.0'));
      const before = await text('package.json');
      const { warnings } = await removeFrom(root, 'sample/thing');
      equal(await text('package.json'), before);
      deepEqual(warnings, ['shelf-client stays in package.json: its range was changed by hand.']);
    });

    it('keeps a dependency that was there before', async () => {
      await open({
        ...PROJECT,
        'package.json': String(PROJECT['package.json']).replace(
          '"express": "^5.1.0"',
          '"express": "^5.1.0",\n    "shelf-client": "^3.0.0"',
        ),
      });
      const before = await treeOf(root);
      await add({ engine: 'shelf' });
      await removeFrom(root, 'sample/thing');
      deepEqual(await treeOf(root), before);
    });

    it('takes no notice of generated files that are gone', async () => {
      await open();
      const before = await treeOf(root);
      await add({ target: TARGET });
      for (const path of ['kernel/label.ts', 'user-sample.ts', 'sample/sample.test.ts']) {
        await rm(join(root, 'src/patterns', path));
      }
      const { warnings } = await removeFrom(root, 'sample/user');
      deepEqual(await treeOf(root), before);
      deepEqual(warnings, []);
    });

    it('leaves a file that was renamed to its owner', async () => {
      await open();
      await add();
      const to = join(root, 'src/patterns/mine.ts');
      await rename(join(root, 'src/patterns/kernel/label.ts'), to);
      await removeFrom(root, 'sample/thing');
      deepEqual(
        Object.keys(await treeOf(root)).filter((path) => path.startsWith('src/patterns')),
        ['src/patterns/', 'src/patterns/mine.ts'],
      );
    });

    it('takes out the rest of what was unwired by hand', async () => {
      await open();
      const before = await treeOf(root);
      await add({ target: TARGET });
      await writeFile(join(root, 'src/users.ts'), USERS);
      const { wiring } = await removeFrom(root, 'sample/user');
      deepEqual(wiring, [{ file: 'src/users.ts', status: 'already' }]);
      deepEqual(await treeOf(root), before);
    });

    it('does nothing where the wired file was renamed, though the instance was changed with it', async () => {
      await open();
      await add({ target: TARGET });
      // As an editor renames: with the imports, those of the instance included.
      await rename(join(root, 'src/users.ts'), join(root, 'src/people.ts'));
      await edit('src/patterns/user-sample.ts', (all) => all.replaceAll('../users', '../people'));
      const before = await treeOf(root);
      const plan = await removeFrom(root, 'sample/user');
      deepEqual(
        plan.wiring.map(({ file, status, reason }) => [file, status, reason]),
        [
          [
            'src/people.ts',
            'manual',
            'it still imports ./patterns/user-sample.js, which is part of the instance',
          ],
        ],
      );
      deepEqual(plan.files, []);
      deepEqual(plan.warnings, [
        'src/users.ts, which the instance was wired into, was deleted or renamed.',
      ]);
      deepEqual(await treeOf(root), before);
    });

    it('takes out the rest where the wired file is gone', async () => {
      await open();
      await add({ target: TARGET });
      await rm(join(root, 'src/users.ts'));
      const { wiring, warnings } = await removeFrom(root, 'sample/user');
      deepEqual(wiring, []);
      deepEqual(warnings, [
        'src/users.ts, which the instance was wired into, was deleted or renamed.',
      ]);
      doesNotMatch(JSON.stringify(await treeOf(root)), /patterns/);
    });
  });

  it('takes the name alone, and says which there are when there is none', async () => {
    await open();
    await add({ target: TARGET });
    deepEqual((await removeFrom(root, 'user')).instances, ['sample/user']);
    await add({ target: TARGET });
    await rejects(removeFrom(root, 'usr'), { code: 'UNKNOWN_INSTANCE', choices: ['sample/user'] });
  });
});

/** What stands now, about where the changed line was wired in. */
const ASYNC_LINE = '    return (await this.#byId.get(id))!;';

const FIND_BY_NAME = `  async findByName(name: string): Promise<User | undefined> {
    const rows = await db.query<User>('select * from users where name = $1', [name]);
    return rows[0];
  }

  async save`;
