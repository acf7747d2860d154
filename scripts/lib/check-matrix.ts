import { join } from 'node:path';
import type { RenderTarget } from '../../src/plan/render.ts';
import { CANONICAL_STYLE } from '../../src/plan/style.ts';

/** Versions that generated code is checked with. Raised by hand, so that a run tells about the templates and nothing else. */
export const TOOLS: Readonly<Record<string, string>> = {
  'typescript-5.9': 'npm:typescript@5.9.3',
  'typescript-6': 'npm:typescript@6.0.3',
  'typescript-7': 'npm:typescript@7.0.2',
  // The oldest Node that generated code is for: its types show what is too new.
  '@types/node': '20.19.25',
  '@types/mocha': '10.0.10',
  '@jest/globals': '30.5.2',
  jest: '30.5.2',
  mocha: '12.0.3',
  // The first release of Node 20 with long-term support, for the floor that generated code promises.
  'node-20': `npm:node-${process.platform}-${process.arch}@20.9.0`,
  vite: '8.3.8',
  vitest: '5.1.1',
};

export type TypeScript = '5.9' | '6' | '7';

/** One kind of project that the whole catalogue is rendered for. */
export interface Variant {
  readonly id: string;
  readonly target: RenderTarget;
  readonly type: 'module' | 'commonjs';
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly typescript: readonly TypeScript[];
  /** The compiler's errors that count; all unless given. */
  readonly counts?: RegExp;
  /** The version that writes JavaScript into `build/`; undefined where the runner takes TypeScript. */
  readonly emit?: TypeScript;
  /** The Node that runs the tests; the project's own unless given. */
  readonly node?: (tools: string) => string;
  /** Arguments for Node that run the generated tests in the workspace. */
  test(tools: string, workspace: string, tests: readonly string[]): readonly string[];
}

const STRICT = {
  target: 'ES2022',
  module: 'NodeNext',
  types: ['node'],
  rootDir: '.',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
};

const EMIT = { outDir: 'build', sourceMap: true };

/** Without the browser's types; the CommonJS variants have them, as projects do that set no `lib`. */
const ESM = { ...STRICT, lib: ['ES2022'], verbatimModuleSyntax: true };

/**
 * Of a program without types the compiler can tell what is no JavaScript, and which names, modules and exports there are not. What else it
 * says is for want of types.
 */
const JAVASCRIPT: Pick<Variant, 'compilerOptions' | 'typescript' | 'counts'> = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022'],
    module: 'NodeNext',
    types: ['node'],
    strict: false,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
  },
  typescript: ['7'],
  counts:
    /error TS(?!2\d{3}:)|error TS(?:2300|2304|2305|2306|2307|2451|2552|2614|2724):|on type 'typeof import\(/,
};

function javascript(
  moduleSystem: 'esm' | 'commonjs',
  testRunner: RenderTarget['testRunner'],
): RenderTarget {
  return {
    ...target(moduleSystem === 'esm' ? '.js' : '', testRunner),
    language: 'javascript',
    moduleSystem,
    testSuffix: '.test.js',
  };
}

function target(
  importExtension: RenderTarget['importExtension'],
  testRunner: RenderTarget['testRunner'],
): RenderTarget {
  return {
    importExtension,
    testRunner,
    testDir: undefined,
    testSuffix: '.test.ts',
    style: CANONICAL_STYLE,
    out: '',
  };
}

const built = (tests: readonly string[]) =>
  tests.map((path) => join('build', path.replace(/\.ts$/, '.js')));

const nodeTest: Variant['test'] = (_tools, _workspace, tests) => [
  '--enable-source-maps',
  '--test',
  '--test-reporter=tap',
  ...tests,
];

const mocha: Variant['test'] = (tools, _workspace, tests) => [
  join(tools, 'node_modules/mocha/bin/mocha.js'),
  '--no-config',
  '--reporter=dot',
  ...tests,
];

const vitest: Variant['test'] = (tools, workspace) => [
  join(tools, 'node_modules/vitest/vitest.mjs'),
  'run',
  `--root=${workspace}`,
  '--reporter=dot',
];

const node20: Variant['node'] = (tools) => join(tools, 'node_modules/node-20/bin/node');

/** Each way to write an import, both module systems, every runner; then JavaScript. */
export const VARIANTS: readonly Variant[] = [
  {
    id: 'esm',
    target: target('.js', 'node:test'),
    type: 'module',
    compilerOptions: { ...ESM, ...EMIT },
    typescript: ['5.9', '6', '7'],
    emit: '6',
    test: (tools, workspace, tests) => nodeTest(tools, workspace, built(tests)),
  },
  {
    id: 'commonjs',
    target: target('', 'node:test'),
    type: 'commonjs',
    compilerOptions: { ...STRICT, ...EMIT },
    typescript: ['5.9', '6', '7'],
    emit: '6',
    node: node20,
    test: (tools, workspace, tests) => nodeTest(tools, workspace, built(tests)),
  },
  {
    id: 'vitest',
    target: target('.js', 'vitest'),
    type: 'module',
    compilerOptions: { ...ESM, noEmit: true },
    typescript: ['7'],
    test: vitest,
  },
  {
    id: 'jest',
    target: target('', 'jest'),
    type: 'commonjs',
    compilerOptions: { ...STRICT, ...EMIT },
    typescript: ['7'],
    emit: '7',
    test: (tools, workspace) => [
      join(tools, 'node_modules/jest/bin/jest.js'),
      '--watchman=false',
      '--maxWorkers=2',
      `--config=${JSON.stringify({
        rootDir: workspace,
        transform: {},
        testEnvironment: 'node',
        testMatch: ['<rootDir>/build/**/*.test.js'],
      })}`,
    ],
  },
  {
    id: 'mocha',
    target: target('.ts', 'mocha'),
    type: 'module',
    compilerOptions: { ...ESM, allowImportingTsExtensions: true, noEmit: true },
    typescript: ['7'],
    test: mocha,
  },
  {
    id: 'javascript-esm',
    target: javascript('esm', 'node:test'),
    type: 'module',
    ...JAVASCRIPT,
    node: node20,
    test: nodeTest,
  },
  {
    id: 'javascript-commonjs',
    target: javascript('commonjs', 'mocha'),
    type: 'commonjs',
    ...JAVASCRIPT,
    test: mocha,
  },
  {
    // ES modules that test CommonJS: TypeScript knows no such file.
    id: 'javascript-commonjs-vitest',
    target: javascript('commonjs', 'vitest'),
    type: 'commonjs',
    ...JAVASCRIPT,
    typescript: [],
    test: vitest,
  },
];
