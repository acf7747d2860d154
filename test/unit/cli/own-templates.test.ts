/** A team's own templates by the command line: offered, scaffolded, wired, recorded and told like those that came with the product. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { InstanceStatus } from '../../../src/plan/status.ts';
import { AUDIT, auditLog, ownFiles } from '../catalog/support/own.ts';
import { makeProject, PROJECT, remove, treeOf, writeTexts } from '../plan/support/disk.ts';
import { run } from './support/run.ts';

interface Listed {
  readonly id: string;
  readonly own?: string;
}
interface Planned {
  readonly files: readonly { readonly path: string; readonly action: string }[];
  readonly wiring: readonly { readonly file: string; readonly status: string }[];
}
interface Refused {
  readonly error: { code: string; message: string; hint: string; choices: string[] };
}

const json = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await run([...args, '--json'])).out) as T;

describe('own templates on the command line', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject();
    await writeTexts(root, auditLog());
  });
  afterEach(() => remove(root));

  const read = (path: string) => readFile(join(root, path), 'utf8');
  const TARGET = ['--target', 'src/users.ts:UserRepository.findById'];

  it('are listed, searched and shown', async () => {
    const listed = await json<Listed[]>('list', '--cwd', root);
    deepEqual(
      listed.filter(({ own }) => own !== undefined).map(({ id, own }) => [id, own]),
      [['audit-log', '.patternsmith/templates/patterns/audit-log']],
    );
    const found = await json<Listed[]>('search', 'compliance', '--cwd', root);
    deepEqual(
      found.map(({ id }) => id),
      ['audit-log'],
    );
    const shown = await run(['show', 'audit-log', '--cwd', root]);
    match(shown.out, /own template: \.patternsmith\/templates\/patterns\/audit-log\n/);
  });

  it('are scaffolded and wired by a recipe that there is; a second time changes nothing', async () => {
    const add = ['add', 'audit-log', ...TARGET, '--set', 'days=7', '--cwd', root];
    const { wiring, files } = await json<Planned>(...add);
    deepEqual(
      wiring.map(({ file, status }) => [file, status]),
      [['src/users.ts', 'wired']],
    );
    equal(
      files.every(({ path }) => !path.startsWith('.patternsmith/templates')),
      true,
    );
    match(await read('src/patterns/user-audit.ts'), /Kept for 7 days/);
    match(await read('src/patterns/audit-log/audit-log.ts'), /from '\.\.\/kernel\/label\.js'/);
    match(await read('src/users.ts'), /createUserCache\(/);
    const again = await json<Planned>(...add);
    deepEqual(new Set(again.files.map(({ action }) => action)), new Set(['same']));
  });

  it('are left out with --no-own-templates, broken ones too', async () => {
    const off = ['--cwd', root, '--no-own-templates'];
    equal(
      (await json<Listed[]>('list', ...off)).some(({ id }) => id === 'audit-log'),
      false,
    );
    equal((await json<Refused>('add', 'audit-log', ...off)).error.code, 'UNKNOWN_PATTERN');
    await writeTexts(root, auditLog('no JSON'));
    equal((await run(['add', 'second', ...off])).code, 0);
    equal((await run(['status', ...off])).code, 0);
  });

  it('that are broken refuse everything that would read them, and nothing is written', async () => {
    await writeTexts(root, auditLog({ ...AUDIT, titel: 'x' }));
    const before = await treeOf(root);
    const commands = [
      ['list'],
      ['search', 'audit'],
      ['show', 'sample'],
      ['demo', 'sample'],
      ['plan', 'sample'],
      ['add', 'sample'],
      ['add', 'audit-log'],
      ['status'],
    ];
    for (const command of commands) {
      const args = [...command, '--cwd', root];
      const { code, out } = await run([...args, '--json']);
      equal(code, 2, command.join(' '));
      const { error } = JSON.parse(out) as Refused;
      deepEqual([error.code, error.choices], ['BAD_TEMPLATE', []]);
      equal(
        error.message,
        'An own template cannot be used: .patternsmith/templates/patterns/audit-log/pattern.json: unknown field "titel". Nothing was written.',
      );
      const text = await run(args);
      deepEqual([text.code, text.out], [2, '']);
      match(text.err, /unknown field "titel"[^]*--no-own-templates/);
    }
    deepEqual(await treeOf(root), before);
  });

  it('that break when they are rendered are told the same way', async () => {
    const broken = 'export const auditLog = (name: string => name;\n';
    await writeTexts(root, auditLog(AUDIT, { 'src/audit-log.ts.hbs': broken }));
    // The generic code is formatted for a project of another style, and so parsed.
    await writeFile(join(root, '.prettierrc'), '{ "semi": false }\n');
    const before = await treeOf(root);
    const { code, out } = await run(['add', 'audit-log', '--cwd', root, '--json']);
    const { error } = JSON.parse(out) as Refused;
    deepEqual([code, error.code], [2, 'BAD_TEMPLATE'], out);
    match(error.message, /patterns\/audit-log\/src\/audit-log\.ts\.hbs: /);
    deepEqual(await treeOf(root), before);
  });

  it('have their own versions, which status goes by', async () => {
    await run(['add', 'audit-log', '--cwd', root]);
    await run(['add', 'second', '--cwd', root]);
    const updates = async (...args: string[]) =>
      (await json<InstanceStatus[]>('status', '--cwd', root, ...args)).map((each) => [
        each.instance,
        each.version,
        each.update,
      ]);
    deepEqual(await updates(), [
      ['audit-log/orders', '0.1.0', undefined],
      ['second/other', '1.0.0', undefined],
    ]);
    await writeTexts(root, auditLog({ ...AUDIT, version: '0.2.0' }));
    const second = { ...AUDIT, id: 'second', version: '1.1.0', scaffold: undefined };
    await writeTexts(root, ownFiles('patterns/second', { 'pattern.json': second }));
    deepEqual(await updates(), [
      ['audit-log/orders', '0.1.0', '0.2.0'],
      ['second/other', '1.0.0', '1.1.0'],
    ]);
    deepEqual(await updates('--no-own-templates'), [
      ['audit-log/orders', '0.1.0', undefined],
      ['second/other', '1.0.0', undefined],
    ]);
  });

  it('have no demo, those that replace a pattern with one included', async () => {
    await writeTexts(
      root,
      ownFiles('patterns/sample', {
        'pattern.json': {
          ...AUDIT,
          id: 'sample',
          relations: { composesWith: [], alternativeTo: [], specialCaseOf: [] },
          scaffold: undefined,
        },
      }),
    );
    for (const id of ['audit-log', 'sample']) {
      const { error } = await json<Refused>('demo', id, '--cwd', root);
      equal(error.code, 'BAD_USAGE');
      match(error.message, /There is no demo of ".*": it is one of the project's own templates/);
    }
  });

  it('of the root of a workspace are those of its packages; a package has the last word', async () => {
    const shop = join(root, 'packages/shop');
    const inner = Object.entries(PROJECT).filter(([path]) => path !== 'package-lock.json');
    await writeTexts(shop, Object.fromEntries(inner));
    await writeFile(
      join(root, 'package.json'),
      '{ "name": "all", "workspaces": ["packages/*"] }\n',
    );
    const shown = await json<{ own: string; version: string }>('show', 'audit-log', '--cwd', shop);
    deepEqual(
      [shown.own, shown.version],
      ['../../.patternsmith/templates/patterns/audit-log', '0.1.0'],
    );
    equal((await run(['add', 'audit-log', '--cwd', shop])).code, 0);
    ok((await readFile(join(shop, 'src/patterns/orders-audit.ts'), 'utf8')).length > 0);

    await writeTexts(shop, auditLog({ ...AUDIT, version: '0.3.0' }));
    const [instance] = await json<InstanceStatus[]>('status', '--cwd', shop);
    equal(instance?.update, '0.3.0');
    // From the root, the target tells the package.
    const target = ['--target', 'packages/shop/src/users.ts:UserRepository.findById'];
    await writeTexts(shop, auditLog('broken'));
    const { error } = await json<Refused>('plan', 'second', ...target, '--cwd', root);
    match(
      error.message,
      /: packages\/shop\/\.patternsmith\/templates\/patterns\/audit-log\/pattern\.json: not valid JSON/,
    );
    // Another package knows nothing of it.
    await writeTexts(join(root, 'packages/other'), { 'package.json': '{}' });
    equal((await run(['show', 'audit-log', '--cwd', join(root, 'packages/other')])).code, 0);
  });

  it('that are an empty folder, or a file, change nothing', async () => {
    const plain = (await run(['list', '--no-own-templates'])).out;
    await rm(join(root, '.patternsmith'), { recursive: true });
    equal((await run(['list', '--cwd', root])).out, plain);
    await mkdir(join(root, '.patternsmith'));
    await writeFile(join(root, '.patternsmith/templates'), '');
    equal((await run(['list', '--cwd', root])).out, plain);
    await rm(join(root, '.patternsmith/templates'));
    await mkdir(join(root, '.patternsmith/templates'));
    equal((await run(['list', '--cwd', root])).out, plain);
  });
});
