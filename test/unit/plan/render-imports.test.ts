import { equal, throws } from 'node:assert/strict';
import { rewriteImports } from '../../../src/plan/imports.ts';
import { specifier } from '../../../src/plan/specifier.ts';
import type { ProjectProfile } from '../../../src/project/types.ts';

type Target = Pick<ProjectProfile, 'importExtension' | 'testRunner'>;

const target = (over: Partial<Target> = {}): Target => ({
  importExtension: '.js',
  testRunner: 'vitest',
  ...over,
});

/** A file of the output folder `src/patterns`; tests go to `testDir` where there is one. */
const at = (written: string, testDir?: string) => {
  const locate = (path: string) =>
    `${testDir && /\.(test|contract)\.ts$/.test(path) ? testDir : 'src/patterns'}/${path}`;
  return { written, placed: locate(written), locate };
};

describe('rewriteImports', () => {
  it('ends relative imports as the project does, in imports, exports, import types and documentation', () => {
    const text = [
      "import { a } from '../kernel/a.js';",
      "import type { B } from './b.js';",
      "import './side-effect.js';",
      "export * from '../../c.js';",
      "const d = await import('./d.js');",
      "type E = import('./e.js').E;",
      " * import { f } from './f.js';",
      "import { readFile } from 'node:fs/promises';",
      "import { createClient } from 'redis';",
      "import data from './data.json';",
      '',
    ].join('\n');
    const place = at('cache-aside/x/x.ts');
    equal(rewriteImports(text, target(), place), text);
    const bare = rewriteImports(text, target({ importExtension: '' }), place);
    equal(bare, text.replaceAll(".js'", "'"));
    const ts = rewriteImports(text, target({ importExtension: '.ts' }), place);
    equal(ts, text.replaceAll(".js'", ".ts'"));
  });

  it('reaches back into the output folder from tests that stand in a folder of their own', () => {
    const text = [
      "import { deepEqual } from 'node:assert/strict';",
      "import { createCache } from './cache.js';",
      "import { describeStore } from '../kernel/store.contract.js';",
      '',
    ].join('\n');
    equal(
      rewriteImports(text, target({ importExtension: '' }), at('cache/cache.test.ts', 'test')),
      text
        .replace('./cache.js', '../../src/patterns/cache/cache')
        .replace('store.contract.js', 'store.contract'),
    );
  });

  it("imports the user's own files by workspace path from wherever the file stands", () => {
    const text = "import type { User } from '/src/users/user.ts';\n";
    const extension = { importExtension: '.js' } as const;
    equal(
      rewriteImports(text, target(extension), at('user-cache.ts')),
      "import type { User } from '../users/user.js';\n",
    );
    equal(
      rewriteImports(text, target(extension), at('nested/deep/user-cache.ts')),
      "import type { User } from '../../../users/user.js';\n",
    );
  });

  it("imports describe and it from the project's runner, and renames hooks where the runner calls them otherwise", () => {
    const text = "import { after, before, describe, it } from 'node:test';\n";
    const by = (testRunner: Target['testRunner']) =>
      rewriteImports(text, target({ testRunner }), at('a.test.ts'));
    equal(by('node:test'), text);
    equal(by('mocha'), "import { after, before, describe, it } from 'mocha';\n");
    equal(
      by('vitest'),
      "import { afterAll as after, beforeAll as before, describe, it } from 'vitest';\n",
    );
    equal(
      by('jest'),
      "import {\n  afterAll as after,\n  beforeAll as before,\n  describe,\n  it,\n} from '@jest/globals';\n",
    );
  });

  it('compares without prototypes under Jest, whose tests run in a realm of their own', () => {
    const text =
      "import { deepEqual, equal } from 'node:assert/strict';\nimport { it } from 'node:test';\n";
    const by = (testRunner: Target['testRunner'], source = text) =>
      rewriteImports(source, target({ testRunner }), at('a.test.ts'));
    equal(
      by('jest'),
      [
        "// Not the strict one: in Jest, Node's own values have other prototypes.",
        "import { deepEqual } from 'node:assert';",
        "import { equal } from 'node:assert/strict';",
        "import { it } from '@jest/globals';",
        '',
      ].join('\n'),
    );
    equal(by('mocha'), text.replace('node:test', 'mocha'));
    equal(
      by('jest', "import { equal } from 'node:assert/strict';\n"),
      "import { equal } from 'node:assert/strict';\n",
    );
  });

  it('refuses a name that not every runner has', () => {
    throws(
      () => rewriteImports("import { mock } from 'node:test';\n", target(), at('a.test.ts')),
      /'mock' is not in all four test runners/,
    );
  });

  it('wraps an import again whose width crossed the line, as Prettier does', () => {
    const names = 'aaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbb, cccccccccccccccccc';
    const broken = `import {\n  ${names.replaceAll(', ', ',\n  ')},\n} from './long.js';\n`;
    equal(
      rewriteImports(broken, target({ importExtension: '' }), at('a.ts')),
      `import { ${names} } from './long';\n`,
    );
    const short = `import { ${names} } from './b.js';\n`;
    equal(
      rewriteImports(short, target({ importExtension: '' }), at('a.contract.ts', 'test/patterns')),
      `import {\n  ${names.replaceAll(', ', ',\n  ')},\n} from '../../src/patterns/b';\n`,
    );
  });
});

describe('specifier', () => {
  const profile = (
    importExtension: ProjectProfile['importExtension'],
    ...aliases: ProjectProfile['aliases']
  ) => ({ importExtension, aliases, moduleSystem: 'esm', packageDir: '' }) as const;

  it('uses an alias only where the importing file uses it already and the path would climb', () => {
    const aliased = profile('', { prefix: '@/', dir: 'src' }, { prefix: '~/', dir: 'src' });
    const uses = "import { x } from '@/x';\n";
    equal(specifier('src/a/b.ts', 'src/patterns/c.ts', aliased, uses), '@/patterns/c');
    const other = uses.replace('@', '~');
    equal(specifier('src/a/b.ts', 'src/patterns/c.ts', aliased, other), '~/patterns/c');
    equal(specifier('src/a/b.ts', 'src/patterns/c.ts', aliased, ''), '../patterns/c');
    equal(specifier('src/b.ts', 'src/patterns/c.ts', aliased, uses), './patterns/c');
    equal(specifier('src/a/b.ts', 'lib/c.ts', aliased, uses), '../../lib/c');
  });
});
