import { posix } from 'node:path';
import { specifier } from '../project/specifier.ts';
import type { ProjectProfile } from '../project/types.ts';

/** Where a file stands: in the output folder as its template was written, and in the workspace. */
export interface Placement {
  /** Path relative to the output folder. */
  readonly written: string;
  /** Workspace path. */
  readonly placed: string;
  /** Workspace path of another file of the output folder, by its path there. */
  locate(written: string): string;
}

type Target = Pick<ProjectProfile, 'importExtension' | 'testRunner'>;

/** `from './x.js'`, `import './x.js'`, `import('./x.js')`, and the same in documentation comments. */
const RELATIVE = /(\bfrom |\bimport |\bimport\()'(\.{1,2}\/[^'\n]+\.js)'/g;

/** Imports of the user's own files: `from '/src/users/user.ts'`, a workspace path. */
const WORKSPACE = /(\bfrom )'\/([^'\n]+)'/g;

const ASSERT_IMPORT = /^import \{([^}]*)\} from 'node:assert\/strict';$/m;

const RUNNER_IMPORT = /^import \{([^}]*)\} from 'node:test';$/m;

/** Named imports on one or on several lines. */
const NAMED_IMPORT = /^import (type )?\{([^}'"]*)\} from '([^'\n]+)';$/gm;

const RUNNER_MODULE = {
  vitest: 'vitest',
  jest: '@jest/globals',
  mocha: 'mocha',
  'node:test': 'node:test',
} as const;

/** What generated tests may import from the runner; where a runner names it differently, it is renamed on import. */
const RUNNER_NAMES = new Set(['describe', 'it', 'before', 'after', 'beforeEach', 'afterEach']);
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  vitest: { before: 'beforeAll as before', after: 'afterAll as after' },
  jest: { before: 'beforeAll as before', after: 'afterAll as after' },
};

/** Canonical print width of templates. */
const WIDTH = 80;

/** Rewrites the imports of a generated script, written as docs/adding-a-pattern.md says, for the project. */
export function rewriteImports(text: string, target: Target, place: Placement): string {
  const { importExtension, testRunner } = target;
  // Relative paths only: a new file has no habit of aliases to follow.
  const profile = { importExtension, moduleSystem: 'esm', aliases: [], packageDir: '' } as const;
  const located = (path: string) =>
    place.locate(posix.join(posix.dirname(place.written), path.replace(/\.js$/, '.ts')));
  const rewritten = rewriteRunner(text, testRunner)
    .replace(
      RELATIVE,
      (_, lead: string, path: string) =>
        `${lead}'${specifier(profile, place.placed, located(path))}'`,
    )
    .replace(
      WORKSPACE,
      (_, lead: string, path: string) => `${lead}'${specifier(profile, place.placed, path)}'`,
    );
  return rewritten === text ? text : rewrapNamedImports(rewritten);
}

function rewriteRunner(text: string, runner: ProjectProfile['testRunner']): string {
  const asserting = runner === 'jest' ? text.replace(ASSERT_IMPORT, assertAcrossRealms) : text;
  return asserting.replace(RUNNER_IMPORT, (_, list: string) => {
    const names = namesOf(list);
    const unknown = names.find((name) => !RUNNER_NAMES.has(name));
    if (unknown !== undefined) {
      throw new Error(
        `'${unknown}' is not in all four test runners; use ${[...RUNNER_NAMES].join(', ')}`,
      );
    }
    const renamed = names.map((name) => RENAMED[runner]?.[name] ?? name);
    return `import { ${renamed.join(', ')} } from '${RUNNER_MODULE[runner]}';`;
  });
}

/**
 * Jest runs tests in a realm of its own: what `structuredClone` or Node's modules return there has another `Object.prototype` than the test's literals, and strict deep
 * equality compares prototypes.
 */
function assertAcrossRealms(statement: string, list: string): string {
  const names = namesOf(list);
  const isDeep = (name: string) => name === 'deepEqual' || name === 'notDeepEqual';
  const deep = names.filter(isDeep);
  if (deep.length === 0) return statement;
  const strict = names.filter((name) => !isDeep(name));
  return [
    "// Not the strict one: in Jest, Node's own values have other prototypes.",
    `import { ${deep.join(', ')} } from 'node:assert';`,
    ...(strict.length > 0 ? [`import { ${strict.join(', ')} } from 'node:assert/strict';`] : []),
  ].join('\n');
}

function namesOf(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A changed specifier changes a line's width: wraps named imports again, as Prettier does. */
function rewrapNamedImports(text: string): string {
  return text.replace(
    NAMED_IMPORT,
    (statement, type: string | undefined, list: string, from: string) => {
      if (/\/[/*]/.test(list)) return statement;
      const names = list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
      const lead = `import ${type ?? ''}{`;
      const line = `${lead} ${names.join(', ')} } from '${from}';`;
      if (line.length <= WIDTH || names.length === 1) return line;
      return `${lead}\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';`;
    },
  );
}
