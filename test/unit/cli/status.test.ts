import { deepEqual, equal, match } from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { InstanceStatus } from '../../../src/plan/status.ts';
import { makeProject, remove, treeOf } from '../plan/support/disk.ts';
import { run } from './support/run.ts';

describe('status', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject();
    await run(['add', 'sample', '--target', 'src/users.ts:UserRepository.findById', '--cwd', root]);
    await run(['add', 'second', '--name', 'user', '--cwd', root]);
    await run(['add', 'second', '--name', 'order', '--cwd', root]);
  });
  afterEach(() => remove(root));

  const status = async (...args: string[]): Promise<InstanceStatus[]> =>
    JSON.parse((await run(['status', ...args, '--cwd', root, '--json'])).out) as InstanceStatus[];
  const states = async (...args: string[]) =>
    (await status(...args)).map(({ instance, state }) => [instance, state]);

  it('is clean after add, and writes nothing', async () => {
    const before = await treeOf(root);
    deepEqual(await states(), [
      ['sample/user', 'clean'],
      ['second/order', 'clean'],
      ['second/user', 'clean'],
    ]);
    deepEqual(await treeOf(root), before);
  });

  it('tells what was changed or deleted, in an instance and in what it uses', async () => {
    await writeFile(join(root, 'src/patterns/user-sample.ts'), '// mine\n');
    await rm(join(root, 'src/patterns/order-second.ts'));
    deepEqual(await states(), [
      ['sample/user', 'modified'],
      ['second/order', 'missing'],
      ['second/user', 'clean'],
    ]);
    await writeFile(join(root, 'src/patterns/kernel/label.ts'), '// mine\n');
    deepEqual(await states('second/user'), [['second/user', 'modified']]);
    const { out } = await run(['status', '--cwd', root]);
    match(out, /sample\/user \(memory, src\/users\.ts:UserRepository\.findById\): modified\n/);
    match(out, /\n {2}missing src\/patterns\/order-second\.ts\n/);
  });

  it('tells that what an instance is wired into is gone, and that how it was wired is not known', async () => {
    await rename(join(root, 'src/users.ts'), join(root, 'src/people.ts'));
    const [gone] = await status('sample/user');
    deepEqual(
      [gone?.state, gone?.notes],
      ['missing', ['src/users.ts, which it is wired into, was deleted or renamed.']],
    );
    await rename(join(root, 'src/people.ts'), join(root, 'src/users.ts'));
    await rm(join(root, '.patternsmith/wiring'), { recursive: true });
    const { out } = await run(['status', 'sample/user', '--cwd', root]);
    match(
      out,
      /: missing\n {2}What was wired into src\/users\.ts:\S+ is not known any more: restore /,
    );
  });

  it('says that a run was killed half way, for what stands there is neither old nor new', async () => {
    await writeFile(join(root, '.patternsmith/journal.json'), '{}');
    const { code, err } = await run(['status', '--cwd', root]);
    deepEqual([code, /interrupted half way/.test(err)], [3, true]);
  });

  it('other line ends are no change', async () => {
    const path = join(root, 'src/patterns/kernel/label.ts');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
    deepEqual(await states('second/user'), [['second/user', 'clean']]);
  });

  it('tells of a newer template', async () => {
    const path = join(root, '.patternsmith/receipt.json');
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      text.replace('"sample/user version": "1.0.0"', '"sample/user version": "0.9.0"'),
    );
    const [sample, second] = await status();
    deepEqual([sample?.version, sample?.update, second?.update], ['0.9.0', '1.0.0', undefined]);
    match((await run(['status', '--cwd', root])).out, /update 1\.0\.0 available/);
  });

  it('takes a name alone where it is not ambiguous', async () => {
    deepEqual(await states('order'), [['second/order', 'clean']]);
    const { code, out } = await run(['status', 'user', '--cwd', root, '--json']);
    equal(code, 2);
    const { error } = JSON.parse(out) as { error: { code: string; choices: string[] } };
    deepEqual([error.code, error.choices], ['UNKNOWN_INSTANCE', ['sample/user', 'second/user']]);
    equal((await run(['status', 'nobody', '--cwd', root])).code, 2);
  });

  it('of a project in which nothing was scaffolded is empty', async () => {
    const other = await makeProject();
    const { code, out } = await run(['status', '--cwd', other, '--json']);
    deepEqual([code, out], [0, '[]\n']);
    await remove(other);
  });
});
