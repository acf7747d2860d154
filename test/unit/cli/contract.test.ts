import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { applyPatch } from 'diff';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeProject, PROJECT, remove, treeOf, USERS, writeTexts } from '../plan/support/disk.ts';
import { run } from './support/run.ts';

const TARGET = 'src/users.ts:UserRepository.findById';

interface PlanJson {
  readonly pattern: string;
  readonly instance: string;
  readonly profile: {
    readonly outDir: string;
    readonly packageDir: string;
    readonly workspaceDir: string;
  };
  readonly files: readonly {
    readonly path: string;
    readonly action: string;
    readonly diff: string;
  }[];
  readonly dependencies: { readonly add: object; readonly dev: object };
  readonly wiring: readonly {
    readonly file: string;
    readonly status: string;
    readonly snippet?: string;
  }[];
  readonly commands: readonly string[];
  readonly warnings: readonly string[];
}

describe('the command line', () => {
  let root = '';
  beforeEach(async () => (root = await makeProject()));
  afterEach(() => remove(root));

  const json = async (...args: string[]): Promise<PlanJson> =>
    JSON.parse((await run([...args, '--cwd', root, '--json'])).out) as PlanJson;

  it('list tells of every pattern whether it can be scaffolded', async () => {
    const { code, out } = await run(['list', '--json']);
    equal(code, 0);
    const listed = JSON.parse(out) as { id: string }[];
    deepEqual(
      listed.map(({ id }) => id),
      ['described', 'front', 'sample', 'second', 'worker'],
    );
    deepEqual(
      listed.filter(({ id }) => /^(desc|sa|se)/.test(id)),
      [
        {
          id: 'described',
          title: 'Described',
          family: 'design',
          intent: 'Is explained, and cannot be scaffolded yet.',
          engines: [],
          scaffold: false,
        },
        {
          id: 'sample',
          title: 'Sample',
          family: 'data',
          intent: 'Keeps what was loaded, so that planning has something to plan.',
          engines: ['memory', 'shelf'],
          scaffold: true,
        },
        {
          id: 'second',
          title: 'Second',
          family: 'messaging',
          intent: 'Shares a kernel module with another pattern.',
          engines: ['memory'],
          scaffold: true,
        },
      ],
    );
    const text = (await run(['list'])).out;
    for (const id of ['described', 'sample', 'second']) match(text, new RegExp(`\\b${id}\\b`));
  });

  it('search finds by words, show tells of one', async () => {
    deepEqual(
      (JSON.parse((await run(['search', 'box', '--json'])).out) as { id: string }[]).map(
        ({ id }) => id,
      ),
      ['sample'],
    );
    equal((await run(['search', 'zzzz'])).code, 0);
    const { out, code } = await run(['show', 'sample', '--json']);
    equal(code, 0);
    const shown = JSON.parse(out) as { options: { id: string }[]; wiring: unknown[] };
    deepEqual(
      shown.options.map(({ id }) => id),
      ['size', 'share', 'mode', 'note', 'loud'],
    );
    match((await run(['show', 'sample'])).out, /--set size=3/);
    equal((await run(['show', 'nope'])).code, 2);
  });

  it('plan prints what add would write, and writes nothing; add prints the same and writes it', async () => {
    const before = await treeOf(root);
    const planned = await json('plan', 'sample', '--target', TARGET, '--engine', 'shelf');
    deepEqual(await treeOf(root), before);
    const added = await json('add', 'sample', '--target', TARGET, '--engine', 'shelf');
    deepEqual(added, planned);
    deepEqual(Object.keys(added), [
      'pattern',
      'instance',
      'engine',
      'profile',
      'files',
      'dependencies',
      'wiring',
      'commands',
      'warnings',
    ]);
    equal(added.pattern, 'sample');
    equal(added.instance, 'sample/user');
    equal(added.profile.outDir, 'src/patterns');
    deepEqual(added.dependencies, { add: { 'shelf-client': '^3.1.0' }, dev: {} });
    deepEqual(
      added.wiring.map(({ file, status }) => [file, status]),
      [['src/users.ts', 'wired']],
    );
    deepEqual(added.commands, ['npm install', 'npm test']);
    const actions = new Set(added.files.map(({ action }) => action));
    deepEqual([...actions], ['create', 'edit']);
    const after = await treeOf(root);
    for (const { path } of added.files) notEqual(after[path], before[path]);
  });

  it('its diffs turn the project into what add writes', async () => {
    const { files } = await json('plan', 'sample', '--target', TARGET, '--engine', 'shelf');
    const before = new Map(
      await Promise.all(
        files.map(async ({ path }) => {
          return [path, await readFile(join(root, path), 'utf8').catch(() => '')] as const;
        }),
      ),
    );
    await run(['add', 'sample', '--target', TARGET, '--engine', 'shelf', '--cwd', root]);
    for (const { path, diff } of files) {
      const applied = applyPatch(before.get(path) ?? '', diff);
      equal(applied, await readFile(join(root, path), 'utf8'), path);
    }
  });

  it('a second run has nothing to do', async () => {
    await run(['add', 'sample', '--target', TARGET, '--cwd', root]);
    const before = await treeOf(root);
    const { files, commands, wiring } = await json('add', 'sample', '--target', TARGET);
    ok(files.every(({ action, diff }) => action === 'same' && diff === ''));
    deepEqual(commands, []);
    deepEqual(wiring, [{ file: 'src/users.ts', status: 'already' }]);
    const { code, out } = await run(['add', 'sample', '--target', TARGET, '--cwd', root]);
    equal(code, 0);
    match(out, /nothing to do/);
    deepEqual(await treeOf(root), before);
  });

  it('exits with 4 when a step is left to do by hand, with the snippet and the place', async () => {
    await writeTexts(root, {
      'src/users.ts': `import { createOtherCache } from './other.js';\n${USERS}`.replace(
        'async findById',
        'readonly #byId = createOtherCache((id: string) => this.#load(id));\n\n  async findById(id: string): Promise<User | undefined> {\n    return this.#byId.get(id);\n  }\n\n  async #load',
      ),
    });
    const before = await readFile(join(root, 'src/users.ts'), 'utf8');
    const { code, out } = await run(['add', 'sample', '--target', TARGET, '--cwd', root]);
    equal(code, 4, out);
    match(out, /left to do by hand in src\/users\.ts:\d+/);
    match(out, /import \{ createUserCache \}/);
    equal(await readFile(join(root, 'src/users.ts'), 'utf8'), before);
    const [wiring] = (await json('add', 'sample', '--target', TARGET)).wiring;
    equal(wiring?.status, 'manual');
    ok(wiring?.snippet);
    equal((await run(['plan', 'sample', '--target', TARGET, '--cwd', root])).code, 0);
  });

  it('asks on a terminal, after showing the diff, and takes no answer for no', async () => {
    const before = await treeOf(root);
    for (const typed of ['n\n', '\n', 'what\n', '', 'y'.repeat(2)]) {
      const { code, out, err } = await run(['add', 'sample', '--cwd', root], { typed });
      equal(code, 130);
      equal(out, '');
      match(err, /\+\+\+ b\/src\/patterns\/thing-sample\.ts/);
      match(err, /Write these \d+ files and \d+ in \.patternsmith\/\? \[y\/N\]/);
      deepEqual(await treeOf(root), before);
    }
    const { code, out } = await run(['add', 'sample', '--cwd', root], { typed: 'y\n' });
    equal(code, 0);
    match(out, /sample\/thing/);
    notEqual(Object.keys(await treeOf(root)).length, Object.keys(before).length);
    equal(
      (await run(['add', 'sample', '--name', 'b', '--yes', '--cwd', root], { typed: '' })).code,
      0,
    );
  });

  it('prints nothing on stderr when nobody sits at a terminal', async () => {
    equal((await run(['add', 'sample', '--cwd', root])).err, '');
  });

  it('in a package of a workspace speaks of paths as that package sees them', async () => {
    await remove(root);
    root = await makeProject({
      'package.json': { name: 'all', private: true, workspaces: ['packages/*'] },
      'package-lock.json': { lockfileVersion: 3 },
      ...Object.fromEntries(
        Object.entries(PROJECT)
          .filter(([path]) => path !== 'package-lock.json')
          .map(([path, text]) => [`packages/shop/${path}`, text]),
      ),
    });
    const cwd = join(root, 'packages/shop');
    const refused = await run(['add', 'sample', '--target', 'src/users.ts:Nope', '--cwd', cwd]);
    match(refused.err, /^src\/users\.ts:Nope cannot be wired/);
    match(refused.err, /\n {2}src\/users\.ts:UserRepository\.findById\n/);
    const { out } = await run([
      'add',
      'sample',
      '--target',
      TARGET,
      '--engine',
      'shelf',
      '--cwd',
      cwd,
      '--json',
    ]);
    const { files, profile, commands, wiring } = JSON.parse(out) as PlanJson;
    ok(
      files.every(({ path }) => !path.startsWith('packages/') && !path.startsWith('..')),
      out,
    );
    equal(profile.outDir, 'src/patterns');
    equal(profile.packageDir, '');
    equal(profile.workspaceDir, '../..');
    deepEqual(commands, ['npm install', 'npm test']);
    equal(wiring[0]?.file, 'src/users.ts');
  });

  it('takes back an interrupted run before it plans', async () => {
    const before = await treeOf(root);
    const journal = {
      pid: 2 ** 22 + 1,
      mark: '1-00000000',
      files: [{ path: 'src/new.ts', action: 'create', hash: 'x' }],
      folders: [],
    };
    await mkdir(join(root, '.patternsmith'));
    await writeTexts(root, {
      '.patternsmith/journal.json': journal,
      'src/.new.ts.1-00000000.patternsmith-new': 'half',
    });
    const { code, err } = await run(['plan', 'sample', '--cwd', root]);
    equal(code, 3);
    match(err, /interrupted/);
    equal((await run(['add', 'sample', '--cwd', root])).code, 0);
    const after = await treeOf(root);
    deepEqual(
      Object.keys(after).filter((path) => /journal|patternsmith-(new|old)/.test(path)),
      [],
    );
    equal(after['src/users.ts'], before['src/users.ts']);
  });

  describe('demo', () => {
    const DEMO = `export default {
      id: 'sample', durationMs: 1, charts: [{ id: 'c', label: 'C', unit: 'ms' }], runs: [],
      topology: { nodes: [], edges: [] },
      knobs: [{ id: 'load', label: 'Load', kind: 'range', min: 0, max: 10, step: 1, default: 4, unit: '/s' }],
      figures: [{ id: 'seen', label: 'Seen', unit: 'ms', better: 'lower' }],
      run: async ({ knobs, withPattern, seed }) => ({
        at: [0], series: { c: [1] }, figures: { seen: knobs.load * (withPattern ? 1 : 1000) + seed }, trace: [],
      }),
    };`;
    const demosDir = () => join(root, 'demos');
    beforeEach(() => writeTexts(root, { 'demos/sample.mjs': DEMO }));

    it('runs with the pattern and without, with knobs and a seed', async () => {
      const { code, out } = await run(
        ['demo', 'sample', '--set', 'load=5', '--seed', '1', '--json'],
        { demosDir: demosDir() },
      );
      equal(code, 0);
      const result = JSON.parse(out) as {
        id: string;
        knobs: object;
        seed: number;
        with: { figures: object };
        without: { figures: object };
      };
      equal(result.id, 'sample');
      deepEqual(result.knobs, { load: 5 });
      equal(result.seed, 1);
      deepEqual([result.with.figures, result.without.figures], [{ seen: 6 }, { seen: 5001 }]);
      match(
        (await run(['demo', 'sample', '--seed', '0'], { demosDir: demosDir() })).out,
        /Seen +4 ms +4,000 ms/,
      );
    });

    it('refuses knobs, values, seeds and demos that there are not', async () => {
      const cases: [string[], RegExp][] = [
        [['sample', '--set', 'other=1'], /no knob "other"/],
        [['sample', '--set', 'load=11'], /must be 0 to 10/],
        [['sample', '--set', 'load=x'], /must be a number/],
        [['sample', '--seed=-1'], /seed must be/],
        [['sample', '--seed', '-1'], /argument is ambiguous\.\n/],
        [['second'], /no demo of "second"/],
        [['nope'], /no pattern "nope"/],
        [['../../etc/passwd'], /no pattern/],
      ];
      for (const [args, message] of cases) {
        const { code, err } = await run(['demo', ...args], { demosDir: demosDir() });
        equal(code, 2, err);
        match(err, message);
      }
    });
  });

  it('--help tells of every command, --version the version', async () => {
    const { code, out, err } = await run(['--help']);
    equal(code, 0);
    equal(err, '');
    for (const command of ['list', 'search', 'show', 'plan', 'add', 'demo']) {
      match(out, new RegExp(`^  ${command} `, 'm'));
      const help = await run([command, '--help']);
      equal(help.code, 0);
      match(help.out, new RegExp(`^patternsmith ${command}`));
      match(help.out, /--json/);
    }
    equal((await run(['--version'])).out, '1.2.3\n');
  });

  it('lists patterns without loading what only planning needs', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
      process.argv[1] = ${JSON.stringify(join(import.meta.dirname, '../../../src/cli.ts'))};
      process.argv[2] = 'list';
      process.on('exit', () => process.stderr.write(JSON.stringify(loaded)));
      await import(process.argv[1]);`;
    const { stderr } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      script,
    ]);
    const loaded = JSON.parse(stderr) as string[];
    ok(loaded.some((url) => url.endsWith('/catalog/load.ts')));
    deepEqual(
      loaded.filter((url) => /ts-morph|typescript|handlebars|prettier|ajv|\/engine\.ts$/.test(url)),
      [],
    );
  });
});
