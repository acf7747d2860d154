import { deepEqual, equal, rejects } from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createEngine } from '../../../../src/engine.ts';
import { makeProject, remove, treeOf, USERS, writeTexts } from '../support/disk.ts';
import { addTo, removeFrom, TEMPLATES, updateIn } from '../support/engine.ts';

const PATCH = '.patternsmith/wiring/sample/user.patch';

describe('removing by a wiring patch that cannot be trusted', () => {
  let root = '';
  let patch = '';
  beforeEach(async () => {
    root = await makeProject();
    await addTo(root, { pattern: 'sample', target: 'src/users.ts:UserRepository.findById' });
    patch = await readFile(join(root, PATCH), 'utf8');
  });
  afterEach(() => remove(root));

  const TAMPERED: Readonly<Record<string, (patch: string) => string>> = {
    'leads out of the package': (text) => text.replaceAll('b/src/users.ts', 'b/../../users.ts'),
    'leads out of the package behind a folder': (text) =>
      text.replaceAll('b/src/users.ts', 'b/src/../../users.ts'),
    'is absolute': (text) => text.replaceAll('b/src/users.ts', '/etc/passwd'),
    'is absolute on Windows': (text) => text.replaceAll('b/src/users.ts', 'b/C:\\users.ts'),
    'names no file': (text) => text.replace(/^(---|\+\+\+) .*\n/gm, ''),
    'is garbage': () => 'garbage\n',
    'is binary': () => '\0\u0001\uFFFD\n',
    'holds markers of a merge': (text) => `<<<<<<< ours\n${text}=======\n${text}>>>>>>> theirs\n`,
    'is cut off': (text) => text.slice(0, text.length / 2),
    'counts its lines wrong': (text) => text.replace('@@ -1,4 +1,5 @@', '@@ -1,4 +1,9 @@'),
    'has lost its hunks': (text) => text.slice(0, text.indexOf('@@')),
  };
  for (const [what, tamper] of Object.entries(TAMPERED)) {
    it(`because it ${what} writes nothing`, async () => {
      await writeTexts(root, { [PATCH]: tamper(patch) });
      const before = await treeOf(root);
      await rejects(removeFrom(root, 'sample/user'), { code: 'BAD_RECEIPT', choices: [PATCH] });
      deepEqual(await treeOf(root), before);
    });
  }

  it('goes on where it was only checked out with other line ends', async () => {
    await writeTexts(root, { [PATCH]: patch.replaceAll('\n', '\r\n') });
    await removeFrom(root, 'sample/user');
    equal(await readFile(join(root, 'src/users.ts'), 'utf8'), USERS);
  });

  it('because it is missing still does not leave the wired file without what it imports', async () => {
    await rm(join(root, PATCH));
    const before = await treeOf(root);
    const { files, wiring } = await removeFrom(root, 'sample/user');
    deepEqual(files, []);
    deepEqual(
      wiring.map(({ file, status, line }) => [file, status, line]),
      [['src/users.ts', 'manual', 2]],
    );
    deepEqual(await treeOf(root), before);
  });

  it('is told how to go on: without the patch, once the wiring is taken out by hand', async () => {
    await writeTexts(root, { [PATCH]: 'garbage' });
    await rejects(removeFrom(root, 'sample/user'), {
      hint: /take the wiring out by hand, delete this file/,
    });
    await rm(join(root, PATCH));
    await writeTexts(root, { 'src/users.ts': USERS });
    await removeFrom(root, 'sample/user');
    equal('.patternsmith/' in (await treeOf(root)), false);
  });
});

describe('updating by what was learnt from a target, which cannot be trusted', () => {
  const LEARNT = '.patternsmith/wiring/sample/user.json';
  let root = '';
  beforeEach(async () => {
    root = await makeProject();
    await addTo(root, { pattern: 'sample', target: 'src/users.ts:UserRepository.findById' });
  });
  afterEach(() => remove(root));

  const TAMPERED: Readonly<Record<string, string>> = {
    'is no JSON': 'garbage',
    'is null': 'null',
    'has facts of another form': '{"facts":{"keyType":1},"imports":[]}',
    'imports from outside': '{"facts":{},"imports":[{"name":"a","from":"./../../outside.js"}]}',
    'imports from an absolute path': '{"facts":{},"imports":[{"name":"a","from":"/etc/a.js"}]}',
    'imports with a quote': `{"facts":{},"imports":[{"name":"a","from":"a';b'"}]}`,
  };
  for (const [what, content] of Object.entries(TAMPERED)) {
    it(`because it ${what} writes nothing`, async () => {
      await writeTexts(root, { [LEARNT]: content });
      const before = await treeOf(root);
      const engine = createEngine({ templatesDir: TEMPLATES });
      await rejects(updateIn(root, engine), { code: 'BAD_RECEIPT', choices: [LEARNT] });
      deepEqual(await treeOf(root), before);
    });
  }
});
