import { copyOf, fixture, starter, type Copy } from './starters.ts';

/** A project that every pattern is scaffolded into. */
export interface MatrixProject {
  readonly name: string;
  /** The package to work in, relative to the project's root. */
  readonly dir: string;
  /** Runs the tests in the place of what the plan tells the user to run. */
  readonly test?: {
    readonly command: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
  /**
   * The generated adapters' tests talk to real engines. In one ESM and one CommonJS project: that they do so in any is
   * a matter of how they are imported, and takes minutes each time.
   */
  readonly engines?: boolean;
  copy(): Promise<Copy>;
}

type Details = Pick<MatrixProject, 'test' | 'engines'> & { readonly dir?: string };

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
  fromStarter('hono'),
  // What its script does last. Before that it compiles everything twice, and once more in every test file.
  fromStarter('fastify', {
    test: {
      command: ['node', '--test', '-r', 'ts-node/register', 'test/**/*.ts'],
      env: { TS_NODE_TRANSPILE_ONLY: '1' },
    },
  }),
  fromStarter('express'),
  fromStarter('express-javascript'),
  fromFixture('commonjs-jest'),
  fromFixture('esm-node-test'),
  fromFixture('bundler-vitest', { engines: true }),
  fromFixture('aliases'),
  fromFixture('verbatim'),
  fromFixture('npm-workspaces', { dir: 'packages/api' }),
  fromFixture('pnpm-workspace', { dir: 'apps/api' }),
  fromFixture('tabs-crlf', { engines: true }),
  fromFixture('no-semicolon-mocha'),
  fromFixture('javascript-commonjs-vitest'),
  fromFixture('javascript-esm-mocha'),
];
