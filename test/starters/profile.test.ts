import { deepEqual, match } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { diskFiles } from '../../src/project/disk-files.ts';
import { profile } from '../../src/project/profile.ts';
import { DEFAULT_STYLE } from '../../src/project/style.ts';
import type { ProjectProfile } from '../../src/project/types.ts';
import { starter, STARTERS } from './starters.ts';

/** What moves with the generators' latest dependencies is held to its form below. */
type Fixed = Omit<
  ProjectProfile,
  'frameworkVersion' | 'nodeMajor' | 'notes' | 'dependencies' | 'devDependencies'
>;

interface Expected extends Fixed {
  readonly version: RegExp;
  /** One pattern per note, in order. */
  readonly expectedNotes: readonly RegExp[];
}

/** What those in TypeScript have in common. */
const common = {
  packageDir: '',
  packageName: 'app',
  language: 'typescript',
  tsconfig: 'tsconfig.json',
  sourceDir: 'src',
  outDir: 'src/patterns',
  aliases: [],
  testDir: undefined,
  testSuffix: '.test.ts',
  formatter: undefined,
  packageManager: 'npm',
  workspaceDir: '',
} as const;

const NODE_FROM_TYPES = /^No "engines" names a Node version: \d\d is assumed from @types\/node\.$/;
/** TypeScript 6 takes in no types of its own accord, and these templates do not ask for Node's. */
const NO_NODE_TYPES = /^tsconfig\.json does not name "node" in "types"/;
const STYLE_FROM_SOURCES = /^No formatter settings could be read/;
const NO_SEMICOLON = { ...DEFAULT_STYLE, semicolons: false, trailingCommas: 'none' } as const;

const EXPECTED: Readonly<Record<string, Expected>> = {
  nest: {
    ...common,
    moduleSystem: 'esm',
    importExtension: '.js',
    framework: 'nest',
    version: /^12\./,
    testRunner: 'vitest',
    testSuffix: '.spec.ts',
    formatter: 'prettier',
    style: DEFAULT_STYLE,
    entries: ['src/main.ts'],
    expectedNotes: [NODE_FROM_TYPES],
  },
  hono: {
    ...common,
    moduleSystem: 'esm',
    importExtension: '.js',
    framework: 'hono',
    version: /^4\./,
    testRunner: 'node:test',
    style: NO_SEMICOLON,
    entries: ['src/index.ts'],
    expectedNotes: [
      /^No test runner was found: node:test is assumed/,
      /^No tests were found: new ones go beside the sources\.$/,
      STYLE_FROM_SOURCES,
      NODE_FROM_TYPES,
    ],
  },
  fastify: {
    ...common,
    moduleSystem: 'commonjs',
    importExtension: '',
    framework: 'fastify',
    version: /^5\./,
    testRunner: 'node:test',
    testDir: 'test',
    style: NO_SEMICOLON,
    entries: ['src/app.ts'],
    expectedNotes: [NO_NODE_TYPES, STYLE_FROM_SOURCES, NODE_FROM_TYPES],
  },
  express: {
    ...common,
    moduleSystem: 'commonjs',
    importExtension: '',
    aliases: [{ prefix: '@src/', dir: 'src' }],
    framework: 'express',
    version: /^5\./,
    testRunner: 'vitest',
    testDir: 'tests',
    formatter: 'prettier',
    style: DEFAULT_STYLE,
    entries: ['src/main.ts', 'src/server.ts'],
    expectedNotes: [NO_NODE_TYPES],
  },
  'express-javascript': {
    ...common,
    language: 'javascript',
    tsconfig: undefined,
    sourceDir: '',
    outDir: 'patterns',
    moduleSystem: 'commonjs',
    importExtension: '',
    framework: 'express',
    version: /^4\./,
    testRunner: 'node:test',
    testSuffix: '.test.js',
    style: DEFAULT_STYLE,
    entries: ['bin/www', 'app.js'],
    expectedNotes: [
      /^No test runner was found: node:test is assumed/,
      /^No tests were found: new ones go beside the sources\.$/,
      STYLE_FROM_SOURCES,
      /^The project names no Node version/,
    ],
  },
};

describe('profile of what the starters make', () => {
  it('covers every starter', () => {
    deepEqual(Object.keys(EXPECTED).sort(), Object.keys(STARTERS).sort());
  });

  for (const [name, { version, expectedNotes, ...expected }] of Object.entries(EXPECTED)) {
    it(`${name} (${STARTERS[name]?.package}@${STARTERS[name]?.version})`, async () => {
      const { installed } = await starter(name);
      const found = await profile(diskFiles(installed), '', { runningNode: 24 });
      const { frameworkVersion, nodeMajor, notes, dependencies, devDependencies, ...fixed } = found;
      deepEqual(fixed, expected);
      match(frameworkVersion ?? '', version);
      // The Express starter says `>=16.0.0`, the others leave it to their types of Node.
      match(String(nodeMajor), name === 'express' ? /^16$/ : /^2\d$/);
      deepEqual(
        expectedNotes.map((note, index) => note.test(notes[index] ?? '')),
        expectedNotes.map(() => true),
        notes.join('\n'),
      );
      deepEqual(notes.length, expectedNotes.length, notes.join('\n'));
      const names = Object.keys({ ...dependencies, ...devDependencies });
      deepEqual(names.includes('typescript'), expected.language === 'typescript');
    });
  }
});
