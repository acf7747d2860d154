import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { diskFiles } from '../../../src/project/disk-files.ts';

describe('files of a project on disk', () => {
  let base = '';
  let root = '';

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'disk-files-'));
    root = join(base, 'root');
    await mkdir(join(root, 'src'), { recursive: true });
    await writeFile(join(root, 'src/a.ts'), '\uFEFFexport {};\r\n');
    await writeFile(join(base, 'secret.ts'), 'secret');
  });
  afterEach(() => rm(base, { recursive: true }));

  it('reads a file as it is, byte order mark and line ends kept', async () => {
    equal(await diskFiles(root).read('src/a.ts'), '\uFEFFexport {};\r\n');
    equal(await diskFiles(root).read('src/../src/a.ts'), '\uFEFFexport {};\r\n');
  });

  it('has nothing where there is no file', async () => {
    for (const path of ['b.ts', 'src', '', 'src/a.ts/b.ts', 'no/such/folder/a.ts']) {
      equal(await diskFiles(root).read(path), undefined, path);
    }
  });

  it('lists a folder, folders with a slash', async () => {
    await symlink(join(root, 'src'), join(root, 'linked'));
    await symlink(join(root, 'nowhere'), join(root, 'dangling'));
    deepEqual([...(await diskFiles(root).list(''))].sort(), ['dangling', 'linked/', 'src/']);
    deepEqual(await diskFiles(root).list('src'), ['a.ts']);
    for (const path of ['none', 'src/a.ts']) deepEqual(await diskFiles(root).list(path), [], path);
  });

  it('refuses paths that leave the root', async () => {
    for (const path of [
      '../secret.ts',
      'src/../../secret.ts',
      '/etc/passwd',
      join(base, 'secret.ts'),
      'a\0b',
    ]) {
      await rejects(diskFiles(root).read(path), { code: 'OUTSIDE_WORKSPACE' }, path);
      await rejects(diskFiles(root).list(path), { code: 'OUTSIDE_WORKSPACE' }, path);
    }
  });

  it('refuses links that leave the root, follows those that stay', async () => {
    await symlink(join(base, 'secret.ts'), join(root, 'out.ts'));
    await symlink(base, join(root, 'up'));
    await symlink('src/a.ts', join(root, 'in.ts'));
    await rejects(diskFiles(root).read('out.ts'), { code: 'OUTSIDE_WORKSPACE' });
    await rejects(diskFiles(root).read('up/secret.ts'), { code: 'OUTSIDE_WORKSPACE' });
    await rejects(diskFiles(root).list('up'), { code: 'OUTSIDE_WORKSPACE' });
    equal(await diskFiles(root).read('in.ts'), '\uFEFFexport {};\r\n');
  });

  it('takes a sibling whose name begins like the root for outside', async () => {
    await mkdir(join(base, 'root-2'));
    await writeFile(join(base, 'root-2/a.ts'), '');
    await symlink(join(base, 'root-2/a.ts'), join(root, 'sibling.ts'));
    await rejects(diskFiles(root).read('sibling.ts'), { code: 'OUTSIDE_WORKSPACE' });
  });

  it('works below a root that is itself a link', async () => {
    await symlink(root, join(base, 'link'));
    equal(await diskFiles(join(base, 'link')).read('src/a.ts'), '\uFEFFexport {};\r\n');
  });

  it('says that a file is there but cannot be taken, rather than that there is none', async () => {
    await writeFile(join(root, 'large.ts'), 'x'.repeat(101));
    await writeFile(join(root, 'latin1.ts'), Buffer.from([0x27, 0xe9, 0x27]));
    const files = diskFiles(root, 100);
    await rejects(files.read('large.ts'), { code: 'UNREADABLE', message: /larger than 100 bytes/ });
    await rejects(files.read('latin1.ts'), { code: 'UNREADABLE', message: /not UTF-8/ });
    await symlink('loop.ts', join(root, 'loop.ts'));
    await rejects(files.read('loop.ts'), { code: 'UNREADABLE', message: /ELOOP/ });
  });
});
