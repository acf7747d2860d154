import { deepEqual, equal, match } from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeProject, remove, treeOf } from '../plan/support/disk.ts';
import { run } from './support/run.ts';

interface Result {
  readonly change: string;
  readonly instances: readonly string[];
  readonly written: boolean;
  readonly files: readonly {
    readonly path: string;
    readonly action: string;
    readonly diff: string;
  }[];
  readonly dependencies: object;
  readonly wiring: readonly {
    readonly file: string;
    readonly status: string;
    readonly snippet?: string;
  }[];
  readonly conflicts: readonly { readonly path: string; readonly regions: number }[];
  readonly commands: readonly string[];
  readonly warnings: readonly string[];
}

describe('the life of an instance on the command line', () => {
  let root = '';
  let before: Awaited<ReturnType<typeof treeOf>>;
  beforeEach(async () => {
    root = await makeProject();
    before = await treeOf(root);
    await run(['add', 'sample', '--target', 'src/users.ts:UserRepository.findById', '--cwd', root]);
  });
  afterEach(() => remove(root));

  const ps = (...args: string[]) => run([...args, '--cwd', root]);
  const json = async (...args: string[]) => JSON.parse((await ps(...args, '--json')).out) as Result;
  const edit = async (path: string, change: (text: string) => string): Promise<void> =>
    writeFile(join(root, path), change(await readFile(join(root, path), 'utf8')));

  it('remove takes everything back, byte for byte', async () => {
    const { code, out } = await ps('remove', 'user');
    equal(code, 0);
    match(out, /unwired src\/users\.ts/);
    deepEqual(await treeOf(root), before);
  });

  it('needs no name where there is one instance, and asks for it where there are several', async () => {
    await ps('add', 'second', '--name', 'order');
    const { code, err } = await ps('remove');
    equal(code, 2);
    match(err, /several instances[\s\S]*sample\/user[\s\S]*second\/order/);
    equal((await ps('remove', 'order')).code, 0);
    equal((await ps('remove')).code, 0);
    deepEqual(await treeOf(root), before);
  });

  it('--dry-run shows the diff and writes nothing', async () => {
    const now = await treeOf(root);
    const { code, out } = await ps('remove', 'user', '--dry-run');
    equal(code, 0);
    match(out, /^--- a\/src\/users\.ts$/m);
    equal((await json('switch', 'user', '--engine', 'shelf', '--dry-run')).written, false);
    deepEqual(await treeOf(root), now);
  });

  it('remove does nothing, with exit code 3, where wired lines were changed; the snippet says what to take out', async () => {
    await edit('src/users.ts', (text) => text.replace('createUserCache((', 'createUserCache (('));
    const now = await treeOf(root);
    const { code, out } = await ps('remove', 'user');
    equal(code, 3);
    match(
      out,
      /left to do by hand in src\/users\.ts:\d+: the lines that were wired in have been changed/,
    );
    const { files, wiring, written } = await json('remove', 'user');
    deepEqual([files, written], [[], false]);
    match(wiring[0]?.snippet ?? '', /createUserCache/);
    deepEqual(await treeOf(root), now);
  });

  it('switch moves the instance, and back again to the same bytes', async () => {
    const now = await treeOf(root);
    const moved = await json('switch', 'user', '--engine', 'shelf');
    deepEqual([moved.change, moved.instances, moved.written], ['switch', ['sample/user'], true]);
    deepEqual(moved.dependencies, { add: { 'shelf-client': '^3.1.0' }, dev: {} });
    match(await readFile(join(root, 'src/patterns/user-sample.ts'), 'utf8'), /engines\/shelf\/box/);
    match((await ps('switch', '--engine', 'shelf')).out, /on shelf already/);
    const back = await json('switch', 'user', '--engine', 'memory');
    deepEqual(back.dependencies, { add: {}, dev: {}, remove: ['shelf-client'] });
    deepEqual(await treeOf(root), now);
  });

  it('switch without an engine, or to one that there is not, is bad usage', async () => {
    equal((await ps('switch', 'user')).code, 2);
    const { code, err } = await ps('switch', 'user', '--engine', 'cloud');
    equal(code, 2);
    match(err, /no engine "cloud"[\s\S]*shelf/);
  });

  describe('update', () => {
    const own = (): string => join(root, '.patternsmith/templates/patterns/sample');
    /** A newer version of the pattern, as the project's own templates would have it. */
    const newer = async (path: string, change: (text: string) => string): Promise<void> => {
      await cp(join(import.meta.dirname, '../../fixtures/templates/patterns/sample'), own(), {
        recursive: true,
      });
      await edit('.patternsmith/templates/patterns/sample/pattern.json', (text) =>
        text.replace('"version": "1.0.0"', '"version": "1.1.0"'),
      );
      await edit(`.patternsmith/templates/patterns/sample/${path}`, change);
    };

    it('brings a newer template in and merges what was changed elsewhere in the file', async () => {
      await edit('src/patterns/user-sample.ts', (text) => `// mine\n\n${text}`);
      await newer('instance/instance.ts.hbs', (text) => `${text}\nexport const newer = 1;\n`);
      match((await ps('status')).out, /update 1\.1\.0 available/);
      const { code } = await ps('update');
      equal(code, 0);
      const text = await readFile(join(root, 'src/patterns/user-sample.ts'), 'utf8');
      match(text, /^\/\/ mine\n[\s\S]*export const newer = 1;\n$/);
      match((await ps('update')).out, /sample\/user: nothing to do/);
    });

    it('stops with exit code 3 on a conflict; --conflicts markers writes both, exit code 4', async () => {
      const doc = /^\/\*\* .* \*\/$/m;
      await edit('src/patterns/user-sample.ts', (text) => text.replace(doc, '/** Mine. */'));
      await newer('instance/instance.ts.hbs', (text) => text.replace(doc, '/** Theirs. */'));
      const now = await treeOf(root);
      const stopped = await ps('update');
      equal(stopped.code, 3);
      match(stopped.out, /user-sample\.ts was changed in the same place[\s\S]*Nothing was written/);
      deepEqual(await treeOf(root), now);
      const { code } = await ps('update', '--conflicts', 'markers');
      equal(code, 4);
      const text = await readFile(join(root, 'src/patterns/user-sample.ts'), 'utf8');
      match(
        text,
        /<<<<<<< yours\n.* Mine\. .*\n=======\n.* Theirs\. .*\n>>>>>>> sample\/user 1\.1\.0\n/,
      );
    });
  });

  it('a package where nothing was scaffolded has nothing to update', async () => {
    await ps('remove', 'user');
    const { code, out } = await ps('update');
    equal(code, 0);
    match(out, /Nothing was scaffolded here/);
  });

  it('a receipt that was tampered with is refused, and nothing is written', async () => {
    await rm(join(root, '.patternsmith/wiring/sample/user.patch'));
    await writeFile(
      join(root, '.patternsmith/wiring/sample/user.patch'),
      '--- a/../x.ts\n+++ b/../x.ts\n@@ -1,1 +1,1 @@\n-a\n+b\n',
    );
    const now = await treeOf(root);
    const { code, err } = await ps('remove', 'user');
    equal(code, 2);
    match(err, /user\.patch names a file "\.\.\/x\.ts" whose path leads upwards/);
    deepEqual(await treeOf(root), now);
  });
});
