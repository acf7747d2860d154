import { deepEqual, equal, notDeepEqual, ok, throws } from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { cacheFolder, codeCache } from '../../../src/cli/code-cache.ts';

/** Of the same length, which is all that V8 looks at. */
const one = 'const path = require("node:path"); exports.answer = () => path.join("a", "1");';
const two = one.replace('"1"', '"2"');

describe('the code cache', () => {
  let root = '';
  let bundle = '';
  let folder = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'patternsmith-code-'));
    bundle = join(root, 'bundle.cjs');
    folder = join(root, 'cache', 'patternsmith');
    await writeFile(bundle, one);
  });
  afterEach(() => rm(root, { recursive: true }));

  /** What a process of its own would do. */
  function answer(): string {
    const cache = codeCache(folder);
    const { answer } = cache.load(bundle) as { answer: () => string };
    const found = answer();
    cache.save();
    return found;
  }

  async function saved(): Promise<string> {
    const [name = ''] = await readdir(folder);
    return join(folder, name);
  }

  const inode = async (): Promise<number> => (await stat(await saved())).ino;

  it('saves what a run has compiled, and takes it the next time', async () => {
    equal(answer(), join('a', '1'));
    const first = await inode();
    equal(answer(), join('a', '1'));
    equal(await inode(), first, 'what was taken is not written again');
    equal((await readdir(folder)).length, 1);
  });

  it('loads a bundle once', () => {
    const cache = codeCache(folder);
    equal(cache.load(bundle), cache.load(bundle));
  });

  it('never runs the code of another source, of the same length as it may be', async () => {
    answer();
    const before = await readFile(await saved());
    await writeFile(bundle, two);
    equal(answer(), join('a', '2'));
    notDeepEqual(await readFile(await saved()), before);
    equal(answer(), join('a', '2'));
  });

  it('makes anew what is damaged at any place', async () => {
    answer();
    const file = await saved();
    const whole = await readFile(file);
    for (const at of [0, 31, 32, 63, 64, 80, whole.length >> 1, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 0xff;
      await writeFile(file, damaged);
      equal(answer(), join('a', '1'));
      notDeepEqual(await readFile(file), damaged);
    }
    for (const length of [0, 20, 40, 64, whole.length - 1]) {
      await writeFile(file, whole.subarray(0, length));
      equal(answer(), join('a', '1'));
      ok((await stat(file)).size > length);
    }
  });

  it('works where nothing can be saved', async () => {
    await mkdir(join(root, 'cache'));
    await writeFile(folder, 'a file');
    equal(answer(), join('a', '1'));
    equal(await readFile(folder, 'utf8'), 'a file');
  });

  it('lets a bundle throw, and loads it again then', async () => {
    await writeFile(bundle, 'throw new RangeError("once");');
    const cache = codeCache(folder);
    throws(() => cache.load(bundle), RangeError);
    await writeFile(bundle, one);
    deepEqual(Object.keys(cache.load(bundle) as object), ['answer']);
  });

  it('is for its user alone', async () => {
    answer();
    equal((await stat(folder)).mode & 0o777, 0o700);
    equal((await stat(await saved())).mode & 0o777, 0o600);
  });

  it('takes nothing that somebody else may have written', async () => {
    for (const open of [folder, await (answer(), saved())]) {
      const before = await inode();
      const { mode } = await stat(open);
      await chmod(open, 0o777);
      equal(answer(), join('a', '1'));
      ok((await inode()) !== before, `${open} was taken`);
      await chmod(open, mode);
    }
  });

  it('stands in a folder of the user, never in one that depends on where the command runs', () => {
    const home = process.env['HOME'];
    const caches = join(root, 'caches');
    try {
      process.env['HOME'] = root;
      const at = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') =>
        cacheFolder(env, platform);
      equal(at({}), join(root, '.cache', 'patternsmith'));
      equal(at({}, 'darwin'), join(root, 'Library', 'Caches', 'patternsmith'));
      equal(at({ XDG_CACHE_HOME: caches }), join(caches, 'patternsmith'));
      equal(at({ LOCALAPPDATA: caches }, 'win32'), join(caches, 'patternsmith'));
      equal(at({ XDG_CACHE_HOME: 'caches' }), join(root, '.cache', 'patternsmith'));
      equal(at({ XDG_CACHE_HOME: caches, NODE_DISABLE_COMPILE_CACHE: '1' }), undefined);
      for (const relative of ['', 'home']) {
        process.env['HOME'] = relative;
        equal(at({}), undefined);
      }
    } finally {
      if (home === undefined) delete process.env['HOME'];
      else process.env['HOME'] = home;
    }
  });
});
