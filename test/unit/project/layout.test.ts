import { deepEqual, equal, rejects } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { profile } from '../../../src/project/profile.ts';
import { memoryFiles, type MemoryTexts } from './memory-files.ts';
import { NODENEXT, profileOf } from './project-of.ts';

describe('the package', () => {
  it('is the nearest package.json above, one with nothing but "type" left out', async () => {
    const files = {
      'services/a/package.json': { name: 'a' },
      'services/a/src/package.json': { type: 'module' },
    };
    const found = await profileOf(
      { ...files, 'services/a/tsconfig.json': {} },
      'services/a/src/x.ts',
    );
    equal(found.packageDir, 'services/a');
    equal(found.moduleSystem, 'esm');
  });

  it('reads fields of the wrong type as absent', async () => {
    const found = await profileOf({
      'package.json': {
        name: 1,
        dependencies: ['express'],
        scripts: null,
        imports: 3,
        engines: 'x',
        workspaces: 7,
      },
    });
    equal(found.packageName, undefined);
    deepEqual(found.dependencies, {});
  });
});

describe('a path outside of the root', () => {
  it('is refused, and never followed from a file', async () => {
    for (const near of ['..', '../a.ts', '/a.ts', 'src/../../a.ts']) {
      await rejects(profileOf({}, near), { code: 'OUTSIDE_WORKSPACE' }, near);
    }
    for (const sourceRoot of ['/', '..', '../src', '/etc']) {
      equal((await profileOf({ 'nest-cli.json': { sourceRoot } })).sourceDir, 'src');
    }
    for (const rootDir of ['/', '..']) {
      const files = { 'package.json': { name: 'p' }, 'code/a.ts': '' };
      const config = { compilerOptions: { rootDir }, include: ['../src', '/src'] };
      const found = await profile(memoryFiles({ ...files, 'tsconfig.json': config }), '');
      equal(found.sourceDir, '');
    }
  });
});

describe('where source stands', () => {
  it('is src, else what nest-cli.json, the usual folders or the tsconfig name', async () => {
    equal((await profileOf({})).sourceDir, 'src');
    const without = (files: MemoryTexts) =>
      profile(memoryFiles({ 'package.json': { name: 'p' }, 'tsconfig.json': {}, ...files }), '');
    equal((await without({ 'server/a.ts': '' })).sourceDir, 'server');
    equal(
      (
        await without({
          'lib/a.js': '',
          'code/a.ts': '',
          'tsconfig.json': { include: ['code/**/*'] },
        })
      ).sourceDir,
      'code',
    );
    equal(
      (
        await without({
          'code/a.ts': '',
          'tsconfig.json': { compilerOptions: { rootDir: './code' } },
        })
      ).sourceDir,
      'code',
    );
    equal((await without({ 'a.ts': '' })).sourceDir, '');
    equal((await without({ 'a.ts': '' })).outDir, 'patterns');
    const nest = {
      'nest-cli.json': { sourceRoot: 'apps/shop/src' },
      'apps/shop/tsconfig.app.json': {},
    };
    equal((await without(nest)).sourceDir, 'apps/shop/src');
  });

  it('is that of the project that the file belongs to, where one package holds several', async () => {
    const files = {
      'apps/a/tsconfig.json': {},
      'apps/a/src/main.ts': '',
      'apps/b/tsconfig.app.json': { compilerOptions: { module: 'commonjs' } },
      'apps/b/src/main.ts': '',
      'test/tsconfig.json': {},
    };
    const b = await profileOf(files, 'apps/b/src/deep/x.ts');
    equal(b.sourceDir, 'apps/b/src');
    equal(b.tsconfig, 'apps/b/tsconfig.app.json');
    equal(b.packageDir, '');
    equal((await profileOf(files, 'test/x.ts')).sourceDir, 'src');
  });
});

describe('package manager and workspace', () => {
  const manager = async (files: MemoryTexts, near = '') => {
    const found = await profileOf(files, near);
    return [found.packageManager, found.workspaceDir];
  };

  it('is named by packageManager, else told by the lock file', async () => {
    deepEqual(
      await manager({
        'package.json': { name: 'p', packageManager: 'yarn@4.1.0' },
        'package-lock.json': '',
      }),
      ['yarn', ''],
    );
    deepEqual(await manager({ 'bun.lock': '' }), ['bun', '']);
    deepEqual(await manager({}), ['npm', '']);
  });

  it('is that of the workspace that takes the package in', async () => {
    const files = {
      'package.json': { name: 'root', workspaces: { packages: ['./libs/*'] } },
      'yarn.lock': '',
      'libs/a/package.json': { name: 'a' },
      'libs/a/src/a.ts': '',
      'other/package.json': { name: 'o' },
      'other/src/a.ts': '',
    };
    deepEqual(await manager(files, 'libs/a/src/a.ts'), ['yarn', '']);
    deepEqual(await manager(files, 'other'), ['npm', 'other']);
  });
});

describe('lowest Node major', () => {
  const node = async (packageJson: object, files: MemoryTexts = {}) =>
    (await profileOf({ ...files, 'package.json': { name: 'p', ...packageJson } })).nodeMajor;

  it('is the lowest that engines allow', async () => {
    equal(await node({ engines: { node: '^20.10 || >=22' } }), 20);
    equal(await node({ engines: { node: '>= 18.0.0 <23' } }), 18);
    equal(await node({ engines: { node: '22.x' } }, { '.nvmrc': 'v20' }), 22);
  });

  it('else the pinned one, else that of the types, else the running one', async () => {
    const types = { devDependencies: { '@types/node': '^21.0.0' } };
    equal(await node({ engines: { node: '*' }, ...types }, { '.nvmrc': 'v20.1.0\n' }), 20);
    equal(await node(types, { '.nvmrc': 'lts/iron', '.node-version': '23' }), 23);
    equal(await node(types), 21);
    equal(await node({}), 24);
  });
});

describe('cost', () => {
  /** A project with that many source files in folders of 50. */
  const project = (count: number) => {
    const files: Record<string, string | object> = {
      'package.json': { name: 'p', dependencies: { express: '^5.0.0' } },
      'tsconfig.json': NODENEXT,
      'src/main.ts': "import './m0/f0.js';\napp.listen(1);",
    };
    for (let at = 0; at < count; at++)
      files[`src/m${Math.floor(at / 50)}/f${at}.ts`] = 'export {};';
    return memoryFiles(files);
  };

  it('does not grow with the project', async () => {
    const [small, large] = [project(300), project(10_000)];
    await profile(small, '');
    await profile(large, '');
    equal(large.accesses.length, small.accesses.length);
    equal(large.accesses.length < 80, true, `${large.accesses.length} accesses`);
  });

  it('reads nothing twice', async () => {
    const files = project(10);
    await profile(files, 'src/main.ts');
    deepEqual(files.accesses, [...new Set(files.accesses)]);
  });
});
