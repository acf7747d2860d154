import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { applyToDisk, takeBackInterrupted, wasInterrupted } from '../../../src/plan/disk.ts';
import type { PlannedFile } from '../../../src/plan/types.ts';
import { makeProject, remove, treeOf, writeTexts } from './support/disk.ts';
import { hookedFs } from './support/faulty-fs.ts';

const OLD = { 'package.json': '{}\n', 'src/a.ts': 'old a\n', 'src/b.ts': '\uFEFFold b\r\n' };

const edit = (path: string, before: string, after: string): PlannedFile => ({
  action: 'edit',
  path,
  before,
  after,
  edits: [{ start: 0, end: before.length, text: after }],
});

const FILES: readonly PlannedFile[] = [
  { action: 'create', path: 'src/patterns/kernel/k.ts', text: 'new k\n' },
  { action: 'create', path: 'src/patterns/p.ts', text: 'new p\n' },
  { action: 'create', path: '.patternsmith/receipt.json', text: '{}\n' },
  edit('src/a.ts', OLD['src/a.ts'], 'new a\n'),
  edit('src/b.ts', OLD['src/b.ts'], '\uFEFFnew b\r\n'),
  { action: 'same', path: 'package.json', text: OLD['package.json'] },
];

/** What a scaffold writes, and what takes one out again: its record goes to the last file. */
const SCENARIOS: readonly {
  readonly title: string;
  readonly old: Readonly<Record<string, string>>;
  readonly files: readonly PlannedFile[];
}[] = [
  { title: 'a scaffold', old: OLD, files: FILES },
  {
    title: 'a removal',
    old: {
      ...OLD,
      'src/mine/a.ts': 'mine',
      'src/mine/patterns/a.ts': 'a\r\n',
      'src/patterns/kernel/k.ts': 'k',
      'src/patterns/p.ts': 'p\n',
      '.patternsmith/base/p.ts.txt': 'p\n',
      '.patternsmith/receipt.json': '{}\n',
    },
    files: [
      { action: 'create', path: 'src/new/n.ts', text: 'new n\n' },
      edit('src/a.ts', OLD['src/a.ts'], 'new a\n'),
      { action: 'delete', path: 'src/mine/patterns/a.ts', before: 'a\r\n' },
      { action: 'delete', path: 'src/patterns/kernel/k.ts', before: 'k' },
      { action: 'delete', path: 'src/patterns/p.ts', before: 'p\n' },
      { action: 'delete', path: '.patternsmith/base/p.ts.txt', before: 'p\n' },
      { action: 'delete', path: '.patternsmith/receipt.json', before: '{}\n' },
    ],
  },
];

/** Each operation is one too many for a run of all tests; `npm run test:soak` kills at each. */
const STEP = process.env['PATTERNSMITH_SOAK'] === undefined ? 7 : 1;

const planOf = (files: readonly PlannedFile[], packageDir = '') =>
  ({ files, profile: { packageDir } }) as Parameters<typeof applyToDisk>[1];

describe('writing a plan to the disk', function () {
  // Every operation fails in turn, on machines of any speed.
  this.timeout(0);
  let root = '';
  let before: Awaited<ReturnType<typeof treeOf>>;
  beforeEach(async () => {
    root = await makeProject(OLD);
    before = await treeOf(root);
  });
  afterEach(() => remove(root));

  it('writes what is new and what is edited, and leaves nothing else behind', async () => {
    const written = await applyToDisk(root, planOf(FILES));
    deepEqual(
      written,
      FILES.slice(0, 5).map(({ path }) => path),
    );
    deepEqual(Object.keys(await treeOf(root)), [
      '.patternsmith/',
      '.patternsmith/receipt.json',
      'package.json',
      'src/',
      'src/a.ts',
      'src/b.ts',
      'src/patterns/',
      'src/patterns/kernel/',
      'src/patterns/kernel/k.ts',
      'src/patterns/p.ts',
    ]);
    equal(await readFile(join(root, 'src/b.ts'), 'utf8'), '\uFEFFnew b\r\n');
  });

  it('deletes files, and the folders that are empty without them', async () => {
    const { old, files } = SCENARIOS[1]!;
    await writeTexts(root, old);
    await writeFile(join(root, 'src/patterns/mine.ts'), 'mine');
    await applyToDisk(root, planOf(files));
    deepEqual(Object.keys(await treeOf(root)), [
      'package.json',
      'src/',
      'src/a.ts',
      'src/b.ts',
      'src/mine/',
      'src/mine/a.ts',
      'src/new/',
      'src/new/n.ts',
      'src/patterns/',
      'src/patterns/mine.ts',
    ]);
  });

  it('refuses to delete a link: what it leads to may be anything', async () => {
    await writeTexts(root, { 'real/x.ts': 'x' });
    await symlink('real/x.ts', join(root, 'l.ts'));
    const tree = await treeOf(root);
    const files: readonly PlannedFile[] = [{ action: 'delete', path: 'l.ts', before: 'x' }];
    await rejects(applyToDisk(root, planOf(files)), { code: 'CONFLICT' });
    deepEqual(await treeOf(root), tree);
  });

  it('leaves nothing of its own where there was nothing', async () => {
    const files: readonly PlannedFile[] = [
      { action: 'delete', path: 'src/a.ts', before: OLD['src/a.ts'] },
    ];
    await applyToDisk(root, planOf(files));
    deepEqual(Object.keys(await treeOf(root)), ['package.json', 'src/', 'src/b.ts']);
  });

  it('refuses while another run clears up', async () => {
    await writeTexts(root, { '.patternsmith/journal.done.json': '{}' });
    await rejects(applyToDisk(root, planOf(FILES)), { code: 'CONFLICT' });
  });

  it('keeps the mode of a file, and a link to it', async () => {
    await chmod(join(root, 'src/a.ts'), 0o754);
    await rm(join(root, 'src/b.ts'));
    await writeFile(join(root, 'real.ts'), OLD['src/b.ts']);
    await symlink('../real.ts', join(root, 'src/b.ts'));
    await applyToDisk(root, planOf(FILES));
    equal((await stat(join(root, 'src/a.ts'))).mode & 0o777, 0o754);
    equal((await treeOf(root))['src/b.ts'], 'link to ../real.ts');
    equal(await readFile(join(root, 'real.ts'), 'utf8'), '\uFEFFnew b\r\n');
  });

  describe('before the first byte', () => {
    const refused = async (files: readonly PlannedFile[], error: object): Promise<void> => {
      const now = await treeOf(root);
      await rejects(applyToDisk(root, planOf(files)), error);
      deepEqual(await treeOf(root), now);
    };

    it('finds what has changed since the plan was made', async () => {
      await writeTexts(root, { 'src/a.ts': 'changed', 'src/patterns/p.ts': 'there now' });
      await refused(FILES, { code: 'CONFLICT', choices: ['src/patterns/p.ts', 'src/a.ts'] });
      await rm(join(root, 'src/a.ts'));
      await refused(FILES, { code: 'CONFLICT', choices: ['src/patterns/p.ts', 'src/a.ts'] });
    });

    it('refuses a link that leads out of the project', async () => {
      const elsewhere = await makeProject({});
      await symlink(elsewhere, join(root, 'src/patterns'));
      await refused(FILES, { code: 'OUTSIDE_WORKSPACE', exitCode: 2 });
      deepEqual(await treeOf(elsewhere), {});
      await remove(elsewhere);
    });

    it('refuses a path that leads out of the project or of its package', async () => {
      const at = (path: string): PlannedFile[] => [{ action: 'create', path, text: '' }];
      for (const path of [
        '../x.ts',
        '/tmp/x.ts',
        'a/../../x.ts',
        'C:/x.ts',
        'node_modules/x.ts',
        '.git/hooks/x',
      ]) {
        await refused(at(path), { code: 'OUTSIDE_WORKSPACE' });
      }
      await mkdir(join(root, 'packages/a'), { recursive: true });
      await rejects(applyToDisk(root, planOf(at('packages/b/x.ts'), 'packages/a')), {
        code: 'OUTSIDE_WORKSPACE',
      });
    });

    it('refuses while another run is under way', async () => {
      const journal = { pid: process.ppid, mark: '1-00000000', files: [], folders: [] };
      await writeTexts(root, { '.patternsmith/journal.json': journal });
      await refused(FILES, { code: 'CONFLICT', message: /is writing in this package/ });
      equal(await wasInterrupted(root, ''), true);
      await rejects(takeBackInterrupted(root, ''), { code: 'CONFLICT' });
    });
  });

  /** An old text that could not be forgotten, or a folder that is empty now, is left beside the new state; that is no failure. */
  async function forgetOldTexts(): Promise<void> {
    for (const path of Object.keys(await treeOf(root))) {
      if (path.endsWith('.patternsmith-old')) await rm(join(root, path));
    }
    for (const path of Object.keys(await treeOf(root)).reverse()) {
      if (path.endsWith('/')) await rmdir(join(root, path)).catch(() => {});
    }
  }

  /** Number of changing operations of a whole run. */
  async function operations({ old, files } = SCENARIOS[0]!): Promise<number> {
    let most = 0;
    await applyToDisk(root, planOf(files), { fs: hookedFs((_, count) => (most = count)) });
    await remove(root);
    root = await makeProject(old);
    return most;
  }

  /** Runs until an operation is reached, and not a step further: all that a killed process leaves. */
  async function stopAt(at: number, { files } = SCENARIOS[0]!): Promise<void> {
    await new Promise<void>((stopped) => {
      const strike = (_: string, count: number): unknown => {
        if (count !== at) return undefined;
        stopped();
        return new Promise(() => {});
      };
      void applyToDisk(root, planOf(files), { fs: hookedFs(strike) });
    });
  }

  for (const scenario of SCENARIOS) {
    describe(scenario.title, () => {
      const { old, files } = scenario;
      beforeEach(async () => {
        await remove(root);
        root = await makeProject(old);
        before = await treeOf(root);
      });

      async function treeAfter(): Promise<typeof before> {
        const done = await makeProject(old);
        await applyToDisk(done, planOf(files));
        const tree = await treeOf(done);
        await remove(done);
        return tree;
      }

      async function oldOrNew(what: string, after: typeof before): Promise<'old' | 'new'> {
        const tree = await treeOf(root);
        const isNew = Object.keys(tree).length === Object.keys(after).length;
        deepEqual(tree, isNew ? after : before, what);
        return isNew ? 'new' : 'old';
      }

      it('an error at any operation leaves the old state or the new one, and says so', async () => {
        const after = await treeAfter();
        const count = await operations(scenario);
        ok(count > 15, `${count} operations`);
        const states = new Set<string>();
        for (const code of ['EIO', 'ENOSPC', 'EACCES']) {
          for (let at = 1; at <= count; at++) {
            const fs = hookedFs((_, number) => {
              if (number === at) throw Object.assign(new Error(`${code}: it failed`), { code });
            });
            const failed = await applyToDisk(root, planOf(files), { fs }).then(
              () => false,
              (error: Error) => {
                match(error.message, /othing was written/);
                return true;
              },
            );
            if (!failed && (await wasInterrupted(root, ''))) await takeBackInterrupted(root, '');
            await forgetOldTexts();
            const state = await oldOrNew(`${code} at ${at}`, after);
            equal(state, failed ? 'old' : 'new', `${code} at ${at}`);
            states.add(state);
            await remove(root);
            root = await makeProject(old);
          }
        }
        deepEqual([...states].sort(), ['new', 'old']);
      });

      it('an abort at any operation leaves the old state or the new one', async () => {
        const after = await treeAfter();
        const count = await operations(scenario);
        for (let at = 1; at <= count; at++) {
          const abort = new AbortController();
          const fs = hookedFs((_, number) => number === at && abort.abort());
          const outcome = await applyToDisk(root, planOf(files), { fs, signal: abort.signal }).then(
            () => 'new',
            (error: { code: string }) => {
              equal(error.code, 'CANCELLED');
              return 'old';
            },
          );
          equal(await oldOrNew(`abort at ${at}`, after), outcome);
          await remove(root);
          root = await makeProject(old);
        }
      });

      it('a run that stops dead at any operation is taken back, or cleared up behind, by the next one', async () => {
        const after = await treeAfter();
        const count = await operations(scenario);
        const states: string[] = [];
        for (let at = 1; at <= count; at++) {
          // After an operation is before the next one.
          await stopAt(at, scenario);
          const wasOpen = await wasInterrupted(root, '');
          deepEqual(await takeBackInterrupted(root, ''), wasOpen ? [] : undefined);
          equal(await wasInterrupted(root, ''), false);
          states.push(await oldOrNew(`stopped before ${at}`, after));
          await remove(root);
          root = await makeProject(old);
        }
        deepEqual([states[0], states.at(-1)], ['old', 'new']);
      });

      it('a process that is killed is taken back, or cleared up behind, by the next one', async () => {
        const after = await treeAfter();
        const count = await operations(scenario);
        const plan = await makeProject({ 'plan.json': planOf(files) });
        const script = join(import.meta.dirname, 'support/killed-run.ts');
        const states = new Set<string>();
        const some = Array.from({ length: count }, (_, index) => index + 1).filter(
          (at) => (at - 1) % STEP === 0 || at === count,
        );
        for (const at of some) {
          const args = [script, root, join(plan, 'plan.json'), 'before', String(at), 'SIGKILL'];
          await rejects(promisify(execFile)(process.execPath, args), { signal: 'SIGKILL' });
          await takeBackInterrupted(root, '');
          states.add(await oldOrNew(`killed before ${at}`, after));
          await remove(root);
          root = await makeProject(old);
        }
        deepEqual([...states].sort(), ['new', 'old']);
        await remove(plan);
      });
    });
  }

  it('taking back leaves what somebody has changed since', async () => {
    // At the end, the journal is marked, two old texts are forgotten, and so is the journal; its folder is not empty.
    await stopAt((await operations()) - 4);
    equal(await readFile(join(root, 'src/a.ts'), 'utf8'), 'new a\n');
    await writeFile(join(root, 'src/a.ts'), 'mine');
    await writeFile(join(root, 'src/patterns/p.ts'), 'mine too');
    deepEqual(await takeBackInterrupted(root, ''), ['src/a.ts']);
    equal(await readFile(join(root, 'src/a.ts'), 'utf8'), 'mine');
    equal(await readFile(join(root, 'src/patterns/p.ts'), 'utf8'), 'mine too');
    equal(await readFile(join(root, 'src/b.ts'), 'utf8'), OLD['src/b.ts']);
  });

  it('a journal that is none, or that names places elsewhere, changes nothing but itself', async () => {
    const elsewhere = await makeProject({ 'a.ts': 'theirs' });
    const entry = (path: string) => ({ path, action: 'create', hash: 'x' });
    const journals: (string | object)[] = [
      '',
      '[]',
      'null',
      '{"pid":1}',
      { pid: 2 ** 22 + 1, mark: '1-00000000', files: [entry('../a.ts')], folders: [] },
      { pid: 2 ** 22 + 1, mark: '../../x', files: [entry('src/a.ts')], folders: [] },
      { pid: 2 ** 22 + 1, mark: '1-00000000', files: [], folders: ['..'] },
      {
        pid: 2 ** 22 + 1,
        mark: '1-00000000',
        files: [entry(join(elsewhere, 'a.ts'))],
        folders: ['src'],
      },
    ];
    await mkdir(join(root, '.patternsmith'));
    const now = await treeOf(root);
    for (const journal of journals) {
      await writeTexts(root, { '.patternsmith/journal.json': journal });
      deepEqual(await takeBackInterrupted(root, ''), []);
      deepEqual(await treeOf(root), now);
    }
    equal(await readFile(join(elsewhere, 'a.ts'), 'utf8'), 'theirs');
    await remove(elsewhere);
  });
});
