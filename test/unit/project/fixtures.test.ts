import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { diskFiles } from '../../../src/project/disk-files.ts';
import { profile } from '../../../src/project/profile.ts';
import { DEFAULT_STYLE } from '../../../src/project/style.ts';
import type { ProjectProfile } from '../../../src/project/types.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

function fixtureProfile(name: string, near = ''): Promise<ProjectProfile> {
  return profile(diskFiles(fixtures + name), near, { runningNode: 24 });
}

/** What the fixtures have in common. */
const common: Partial<ProjectProfile> = {
  packageDir: '',
  language: 'typescript',
  tsconfig: 'tsconfig.json',
  sourceDir: 'src',
  outDir: 'src/patterns',
  aliases: [],
  testDir: undefined,
  testSuffix: '.test.ts',
  formatter: undefined,
  style: DEFAULT_STYLE,
  packageManager: 'npm',
  workspaceDir: '',
  frameworkVersion: undefined,
};
const FROM_SOURCES = 'No formatter settings could be read: the style is that of the sources.';
const FROM_TYPES = 'No "engines" names a Node version: 24 is assumed from @types/node.';

const expected: Readonly<Record<string, Partial<ProjectProfile> & { near?: string }>> = {
  'commonjs-jest': {
    moduleSystem: 'commonjs',
    importExtension: '',
    framework: 'express',
    frameworkVersion: '5.2.1',
    testRunner: 'jest',
    testSuffix: '.spec.ts',
    formatter: 'prettier',
    style: { ...DEFAULT_STYLE, trailingCommas: 'es5' },
    packageManager: 'yarn',
    nodeMajor: 20,
    entries: ['src/index.ts'],
    notes: [],
  },
  'esm-node-test': {
    moduleSystem: 'esm',
    importExtension: '.js',
    framework: 'node-http',
    testRunner: 'node:test',
    testDir: 'test',
    style: { ...DEFAULT_STYLE, indent: 4, printWidth: 100 },
    nodeMajor: 20,
    entries: ['src/server.ts'],
    notes: [FROM_SOURCES],
  },
  'bundler-vitest': {
    moduleSystem: 'esm',
    importExtension: '',
    framework: 'hono',
    frameworkVersion: '4.10.0',
    testRunner: 'vitest',
    formatter: 'biome',
    style: { ...DEFAULT_STYLE, printWidth: 100 },
    packageManager: 'pnpm',
    nodeMajor: 22,
    entries: ['src/index.ts'],
    notes: [],
  },
  aliases: {
    moduleSystem: 'esm',
    importExtension: '.js',
    aliases: [
      { prefix: '#config/', dir: 'src/config' },
      { prefix: '@users/', dir: 'src/users' },
      { prefix: '@/', dir: 'src' },
    ],
    framework: 'express',
    frameworkVersion: '5.2.1',
    testRunner: 'vitest',
    formatter: 'prettier',
    nodeMajor: 24,
    entries: ['src/main.ts'],
    notes: [FROM_TYPES],
  },
  verbatim: {
    moduleSystem: 'esm',
    importExtension: '.ts',
    framework: 'node-http',
    testRunner: 'node:test',
    nodeMajor: 22,
    entries: ['src/main.ts'],
    notes: [FROM_SOURCES],
  },
  'npm-workspaces': {
    near: 'packages/api/src/users.ts',
    packageDir: 'packages/api',
    tsconfig: 'packages/api/tsconfig.json',
    sourceDir: 'packages/api/src',
    outDir: 'packages/api/src/patterns',
    moduleSystem: 'esm',
    importExtension: '.js',
    framework: 'fastify',
    frameworkVersion: '5.6.0',
    testRunner: 'vitest',
    testDir: 'packages/api/test',
    formatter: 'prettier',
    style: { ...DEFAULT_STYLE, printWidth: 100 },
    nodeMajor: 20,
    entries: ['packages/api/src/index.ts'],
    notes: [],
  },
  'pnpm-workspace': {
    near: 'apps/api',
    packageDir: 'apps/api',
    tsconfig: 'apps/api/tsconfig.app.json',
    sourceDir: 'apps/api/src',
    outDir: 'apps/api/src/patterns',
    moduleSystem: 'esm',
    importExtension: '',
    framework: 'koa',
    frameworkVersion: '3.1.0',
    testRunner: 'vitest',
    packageManager: 'pnpm',
    nodeMajor: 24,
    entries: ['apps/api/src/server.ts'],
    notes: [FROM_SOURCES, FROM_TYPES],
  },
  'tabs-crlf': {
    moduleSystem: 'commonjs',
    importExtension: '',
    framework: 'express',
    frameworkVersion: '5.2.1',
    testRunner: 'vitest',
    style: { ...DEFAULT_STYLE, indent: '\t', eol: '\r\n' },
    nodeMajor: 20,
    entries: ['src/app.ts'],
    notes: [FROM_SOURCES],
  },
  'no-semicolon-mocha': {
    moduleSystem: 'esm',
    importExtension: '.js',
    framework: 'fastify',
    frameworkVersion: '5.6.0',
    testRunner: 'mocha',
    testDir: 'test',
    style: { ...DEFAULT_STYLE, quotes: 'double', semicolons: false, trailingCommas: 'none' },
    nodeMajor: 20,
    entries: ['src/index.ts'],
    notes: [FROM_SOURCES],
  },
  'hono-node': {
    moduleSystem: 'esm',
    importExtension: '.js',
    framework: 'hono',
    frameworkVersion: '4.13.3',
    testRunner: 'node:test',
    style: { ...DEFAULT_STYLE, semicolons: false, trailingCommas: 'none' },
    nodeMajor: 26,
    entries: ['src/index.ts'],
    notes: [
      'No lock file and no "packageManager" were found: npm is assumed.',
      'No test runner was found: node:test is assumed, which needs no dependency.',
      'No tests were found: new ones go beside the sources.',
      FROM_SOURCES,
      'No "engines" names a Node version: 26 is assumed from @types/node.',
    ],
  },
};

describe('profile of the fixtures', () => {
  for (const [name, { near = '', ...rest }] of Object.entries(expected)) {
    it(name, async () => {
      const { packageName, dependencies, devDependencies, ...found } = await fixtureProfile(
        name,
        near,
      );
      equal(packageName === undefined, name === 'hono-node');
      equal('typescript' in devDependencies || near !== '', true);
      equal(typeof dependencies, 'object');
      deepEqual(found, { ...common, ...rest });
    });
  }

  it('is the same from any file of the package, new ones included', async () => {
    const whole = await fixtureProfile('npm-workspaces', 'packages/api');
    for (const near of ['packages/api/src/new/file.ts', 'packages/api/test/users.test.ts']) {
      deepEqual(await fixtureProfile('npm-workspaces', near), whole);
    }
  });

  it('CRLF fixtures have kept their line ends', async () => {
    const text = await diskFiles(fixtures).read('tabs-crlf/src/app.ts');
    match(text ?? '', /\r\n\t/);
  });
});

describe('projects that have no profile', () => {
  const cases = [
    { name: 'no-tsconfig', code: 'NO_TSCONFIG', hint: /npx tsc --init/ },
    { name: 'no-package-json', code: 'NO_PACKAGE_JSON', hint: /npm init/ },
    { name: 'npm-workspaces', code: 'NO_TSCONFIG', hint: /packages\/api, packages\/shared/ },
    { name: 'pnpm-workspace', code: 'NO_TSCONFIG', hint: /apps\/api/ },
  ];
  for (const { name, code, hint } of cases) {
    it(`${name}: ${code} with a hint`, async () => {
      await rejects(fixtureProfile(name), { name: 'ProjectError', code, hint });
    });
  }
});
