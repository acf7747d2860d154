import { copyOf, fixture, starter, type Copy } from './starters.ts';

/** A project that every pattern is scaffolded into. */
export interface MatrixProject {
  readonly name: string;
  /** The package to work in, relative to the project's root. */
  readonly dir: string;
  /** Runs the tests where the package's own script is not fit for it; else `npm test`. */
  readonly test?: {
    readonly command: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
  copy(): Promise<Copy>;
}

type Details = Pick<MatrixProject, 'test'> & { readonly dir?: string };

function fromStarter(name: string, { dir = '', ...details }: Details = {}): MatrixProject {
  return {
    name: `${name} starter`,
    dir,
    ...details,
    copy: async () => copyOf(await starter(name)),
  };
}

function fromFixture(name: string, { dir = '', ...details }: Details = {}): MatrixProject {
  return { name, dir, ...details, copy: async () => copyOf(await fixture(name)) };
}

export const PROJECTS: readonly MatrixProject[] = [
  fromStarter('nest'),
  // It comes without a test script: this is what runs TypeScript with its own dependencies.
  fromStarter('hono', { test: { command: ['tsx', '--test', 'src/**/*.test.ts'] } }),
  // What its script does last. Before that it compiles everything twice, and once more in every test file.
  fromStarter('fastify', {
    test: {
      command: ['c8', 'node', '--test', '-r', 'ts-node/register', 'test/**/*.ts'],
      env: { TS_NODE_TRANSPILE_ONLY: '1' },
    },
  }),
  fromStarter('express'),
  fromFixture('commonjs-jest'),
  fromFixture('esm-node-test'),
  fromFixture('bundler-vitest'),
  fromFixture('aliases'),
  fromFixture('verbatim'),
  fromFixture('npm-workspaces', { dir: 'packages/api' }),
  fromFixture('pnpm-workspace', { dir: 'apps/api' }),
  fromFixture('tabs-crlf'),
  fromFixture('no-semicolon-mocha'),
];
