import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeProject, PROJECT, remove, treeOf, USERS, writeTexts } from '../plan/support/disk.ts';
import { TEMPLATES } from '../plan/support/engine.ts';
import { type Outcome, run } from './support/run.ts';

const TARGET = 'src/users.ts:UserRepository.findById';

interface ErrorJson {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly choices: readonly string[];
  };
}

describe('bad input writes nothing', () => {
  let root = '';
  beforeEach(async () => (root = await makeProject()));
  afterEach(() => remove(root));

  /** Both `add` and `plan` refuse it, with a message, a hint, the code and the exit code; the project stays byte for byte. */
  async function refused(
    args: readonly string[],
    expected: { code: string; exit?: number; message?: RegExp; choices?: readonly string[] },
  ): Promise<ErrorJson['error']> {
    const before = await treeOf(root);
    const told = await run(['plan', ...args, '--cwd', root]);
    equal(told.code, expected.exit ?? 2, told.err);
    equal(told.out, '');
    match(told.err, expected.message ?? /./);
    match(told.err, /[Nn]othing was written/);
    const { out, code } = await run(['add', ...args, '--cwd', root, '--json', '--yes']);
    const { error } = JSON.parse(out) as ErrorJson;
    deepEqual(Object.keys(error), ['code', 'message', 'hint', 'choices']);
    equal(error.code, expected.code, error.message);
    equal(code, expected.exit ?? 2);
    match(error.message, expected.message ?? /./);
    ok(error.hint.length > 10, 'says what to do next');
    if (expected.choices) deepEqual(error.choices, expected.choices);
    deepEqual(await treeOf(root), before);
    return error;
  }

  it('unknown pattern', async () => {
    const { choices } = await refused(['sampel'], {
      code: 'UNKNOWN_PATTERN',
      message: /no pattern "sampel"/,
    });
    equal(choices[0], 'sample');
    await refused(['__proto__'], { code: 'UNKNOWN_PATTERN' });
  });

  it('a pattern that cannot be scaffolded yet', async () => {
    await refused(['described'], {
      code: 'NOT_SCAFFOLDABLE',
      choices: ['front', 'sample', 'second', 'worker'],
    });
  });

  it('unknown engine', async () => {
    await refused(['sample', '--engine', 'nope'], {
      code: 'UNKNOWN_ENGINE',
      choices: ['memory', 'shelf'],
    });
  });

  it('unknown option', async () => {
    await refused(['sample', '--set', 'colour=red'], {
      code: 'UNKNOWN_OPTION',
      choices: ['size', 'share', 'mode', 'note', 'loud'],
    });
    await refused(['sample', '--set', '__proto__=1'], { code: 'UNKNOWN_OPTION' });
  });

  it('a value that an option cannot have', async () => {
    for (const value of [
      'size=0',
      'size=11',
      'size=1.5',
      'size=',
      'size=0x5',
      'size=Infinity',
      'share=2',
      'mode=slow',
      'loud=yes',
      "note='; x",
      'note=a\nb',
      'note=${x}',
      'note=*/',
    ]) {
      await refused(['sample', '--set', value], { code: 'BAD_OPTION' });
    }
  });

  it('a name that is no identifier', async () => {
    for (const name of [
      '',
      '1st',
      'a b',
      'a/b',
      '../x',
      'ä',
      'class',
      'a'.repeat(61),
      'con',
      "x'y",
      '$',
    ]) {
      await refused(['sample', '--name', name], { code: 'BAD_NAME' });
    }
  });

  it('a path outside of the project', async () => {
    const elsewhere = await makeProject({ 'users.ts': USERS });
    await symlink(elsewhere, join(root, 'src/linked'));
    await symlink(join(elsewhere, 'users.ts'), join(root, 'src/linked.ts'));
    const theirs = await treeOf(elsewhere);
    for (const out of [
      '../x',
      elsewhere,
      'src/../../x',
      'C:\\x',
      'node_modules/x',
      '.git/hooks',
      'src/linked',
      'src/linked/x',
    ]) {
      await refused(['sample', '--out', out], { code: 'OUTSIDE_WORKSPACE' });
    }
    for (const target of [
      '../users.ts',
      join(elsewhere, 'users.ts'),
      'src/linked.ts',
      'src/linked/users.ts:UserRepository.findById',
      'src/\0.ts',
    ]) {
      await refused(['sample', '--target', target], { code: 'OUTSIDE_WORKSPACE' });
    }
    deepEqual(await treeOf(elsewhere), theirs);
    await remove(elsewhere);
  });

  it('a project folder that is none', async () => {
    for (const cwd of [join(root, 'nowhere'), join(root, 'package.json')]) {
      const { code, err } = await run(['add', 'sample', '--cwd', cwd]);
      equal(code, 2);
      match(err, /There is no folder/);
    }
  });

  it('a target that is not there, that nothing can wire, or that is not certain', async () => {
    await refused(['sample', '--target', 'src/nowhere.ts'], {
      code: 'BAD_TARGET',
      choices: ['src/db.ts', 'src/users.ts'],
    });
    await refused(['sample', '--target', 'package.json'], {
      code: 'BAD_TARGET',
      message: /no TypeScript/,
    });
    await refused(['sample', '--target', 'src'], { code: 'BAD_TARGET' });
    await refused(['sample', '--target', 'src/users.ts:Nobody.load'], {
      code: 'BAD_TARGET',
      choices: [TARGET],
    });
    await refused(['sample', '--target', 'src/users.ts:'], { code: 'BAD_TARGET' });
    await writeTexts(root, {
      'src/two.ts': `${USERS}\nexport async function loadUser(id: string): Promise<User | undefined> {\n  return new UserRepository().findById(id);\n}\n`,
    });
    await refused(['sample', '--target', 'src/two.ts'], {
      code: 'AMBIGUOUS_TARGET',
      choices: ['src/two.ts:UserRepository.findById', 'src/two.ts:loadUser'],
    });
  });

  it('a syntax error in the file to wire', async () => {
    await writeFile(
      join(root, 'src/users.ts'),
      USERS.replace('Promise<User | undefined> {', 'Promise<User | {'),
    );
    await refused(['sample', '--target', TARGET], {
      code: 'SYNTAX_ERROR',
      message: /src\/users\.ts:\d+ does not parse/,
    });
  });

  it('no package.json', async () => {
    await rm(join(root, 'package.json'));
    await refused(['sample'], { code: 'NO_PACKAGE_JSON' });
    await writeFile(join(root, 'package.json'), '{ "name": ');
    await refused(['sample'], { code: 'SYNTAX_ERROR' });
  });

  it('a folder in a package is not the package', async () => {
    await mkdir(join(root, 'src/deep'));
    const before = await treeOf(root);
    const { code, err } = await run(['add', 'sample', '--cwd', join(root, 'src/deep')]);
    equal(code, 2, err);
    deepEqual(await treeOf(root), before);
  });

  it('no tsconfig', async () => {
    await rm(join(root, 'tsconfig.json'));
    await refused(['sample'], { code: 'NO_TSCONFIG' });
  });

  it('a receipt that was tampered with', async () => {
    const { code } = await run(['add', 'sample', '--cwd', root, '--target', TARGET]);
    equal(code, 0);
    const path = join(root, '.patternsmith/receipt.json');
    const text = await readFile(path, 'utf8');
    const tampered = [
      text.replace('"src/patterns/kernel/box.ts"', '"../../victim.ts"'),
      text.replace('sha256-', 'md5-'),
      text.replace('"patternsmith": 1', '"patternsmith": 99'),
      text.replace('"src/patterns"', '"/etc"'),
      text.slice(0, 200),
      'null',
    ];
    for (const each of tampered) {
      await writeFile(path, each);
      await refused(['sample', '--name', 'next'], {
        code: 'BAD_RECEIPT',
        message: /\.patternsmith\/receipt\.json/,
      });
    }
    await rm(path);
    await symlink('/etc/hostname', path);
    await refused(['sample', '--name', 'next'], { code: 'OUTSIDE_WORKSPACE' });
  });

  it('a target that exists with other content', async () => {
    await writeTexts(root, {
      'src/patterns/thing-sample.ts': 'mine\n',
      'src/patterns/sample/sample.ts': 'mine\n',
    });
    await refused(['sample'], {
      code: 'CONFLICT',
      exit: 3,
      choices: ['src/patterns/sample/sample.ts', 'src/patterns/thing-sample.ts'],
    });
  });

  it('a file that differs in letter case only', async () => {
    await writeTexts(root, { 'src/patterns/Thing-Sample.ts': 'mine\n' });
    await refused(['sample'], { code: 'CONFLICT', exit: 3, message: /letter case/ });
  });

  it('a file that is too large, or no text', async () => {
    await writeFile(join(root, 'src/users.ts'), Buffer.from([0xff, 0xfe, 0x00]));
    await refused(['sample', '--target', TARGET], { code: 'UNREADABLE' });
    await writeFile(join(root, 'src/users.ts'), Buffer.alloc(5 * 1024 * 1024, 0x20));
    await refused(['sample', '--target', TARGET], { code: 'UNREADABLE' });
  });

  it('words and options that there are not', async () => {
    const cases: [string[], RegExp][] = [
      [['frobnicate'], /no command "frobnicate"/],
      [['remove'], /Nothing was scaffolded here/],
      [['switch'], /Nothing was scaffolded here/],
      [['update', '--conflicts', 'mine'], /--conflicts cannot be "mine"/],
      [['remove', '--conflicts', 'markers'], /"remove" has no option --conflicts/],
      [['add'], /"add" needs ID/],
      [['add', 'sample', 'second'], /"second" is too much/],
      [['add', 'sample', '--nope'], /Unknown option '--nope'/],
      [['add', 'sample', '--name'], /--name/],
      [['add', 'sample', '--set', 'size'], /has no value/],
      [['list', '--target', 'x'], /"list" has no option --target/],
      [['search'], /"search" needs WORDS/],
      [['toString'], /no command/],
    ];
    const before = await treeOf(root);
    for (const [args, message] of cases) {
      const { code, out, err } = await run(args);
      equal(code, 2);
      equal(out, '');
      match(err, message);
      const told = JSON.parse((await run([...args, '--json'])).out) as ErrorJson;
      equal(told.error.code, 'BAD_USAGE');
    }
    const { code, err } = await run([]);
    equal(code, 2);
    match(err, /patternsmith COMMAND/);
    deepEqual(await treeOf(root), before);
  });

  it('a folder that may not be written', async () => {
    const templates = await makeProject({});
    await cp(TEMPLATES, templates, { recursive: true });
    await chmod(templates, 0o755);
    const owner = process.getuid?.() === 0 ? 65534 : (process.getuid?.() ?? 0);
    for (const [dir, mode] of [
      ['', 0o555],
      ['src', 0o555],
      ['package.json', 0o444],
    ] as const) {
      await remove(root);
      root = await makeProject({ ...PROJECT, 'src/patterns/.keep': '' });
      for (const path of ['', 'src', 'src/patterns', ...Object.keys(PROJECT)])
        await chown(join(root, path), owner, owner);
      await chmod(join(root, dir), mode);
      const before = await treeOf(root);
      const { code, out } = await unprivileged(templates, [
        'add',
        'sample',
        '--engine',
        'shelf',
        '--out',
        'src/generated',
        '--cwd',
        root,
        '--json',
      ]);
      const { error } = JSON.parse(out) as ErrorJson;
      equal(error.code, 'READ_ONLY', error.message);
      match(error.message, /read-only\. Nothing was written/);
      ok(error.choices.length > 0);
      equal(code, 3);
      deepEqual(await treeOf(root), before);
      await chmod(join(root, dir), 0o755);
    }
    await remove(templates);
  });

  it('Ctrl-C in the middle', async () => {
    const cli = join(import.meta.dirname, '../../../src/cli.ts');
    const strike = join(import.meta.dirname, 'support/strike.ts');
    const before = await treeOf(root);
    const states = [];
    for (const [at, signal] of [
      ['1', 'SIGINT'],
      ['8', 'SIGTERM'],
      ['15', 'SIGINT'],
      ['999', 'SIGINT'],
    ] as const) {
      const args = ['--import', strike, cli, 'add', 'cache-aside', '--cwd', root, '--json'];
      const env = { ...process.env, STRIKE_AT: at, STRIKE_WITH: signal };
      const { code, out } = await child(args, env);
      states.push(code);
      if (code === 0) continue;
      equal((JSON.parse(out) as ErrorJson).error.code, 'CANCELLED');
      deepEqual(await treeOf(root), before);
    }
    deepEqual(states, [130, 130, 130, 0]);
  });

  function unprivileged(templates: string, args: readonly string[]): Promise<Outcome> {
    return child([join(import.meta.dirname, 'support/unprivileged.ts'), templates, ...args]);
  }

  function child(args: readonly string[], env = process.env): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(process.execPath, args, { env }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
      });
    });
  }
});
