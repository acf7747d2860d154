import { equal } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { draftOf } from '../../../src/wire/draft.ts';
import { addImport, type WrittenImport } from '../../../src/wire/imports.ts';
import { parse, syntaxProblems } from '../../../src/wire/source.ts';
import { profileOf } from '../../golden/wire-case.ts';

const CACHE: WrittenImport = { name: 'createUserCache', from: './patterns/user-cache.js' };

/** The text after the import was added, and what the file calls it. */
function added(text: string, request: WrittenImport = CACHE): { text: string; local: string } {
  const draft = draftOf(parse({ path: 'src/users.ts', text }), profileOf({}));
  const local = addImport(draft, request);
  const result = draft.recorder.apply(text);
  equal(syntaxProblems(parse({ path: 'src/users.ts', text: result })).length, 0, result);
  return { text: result, local };
}

const check = (text: string, expected: string, request?: WrittenImport): void =>
  equal(added(text, request).text, expected);

const LINE = "import { createUserCache } from './patterns/user-cache.js';";

describe('adding an import: where', () => {
  it('first in an empty file', () => check('', `${LINE}\n`));
  it('first, with an empty line to the code', () => check('f();\n', `${LINE}\n\nf();\n`));
  it('below a shebang', () =>
    check('#!/usr/bin/env node\nf();\n', `#!/usr/bin/env node\n${LINE}\n\nf();\n`));
  it('below a shebang without a line end', () => check('#!/bin/node', `#!/bin/node\n${LINE}\n`));
  it('below a licence, even right above the code', () =>
    check('/* Copyright 2026 */\nf();\n', `/* Copyright 2026 */\n\n${LINE}\n\nf();\n`));
  it('below a header that an empty line parts from the code', () =>
    check('// About.\n// More.\n\nf();\n', `// About.\n// More.\n\n${LINE}\n\nf();\n`));
  it('above the comment of the first statement', () =>
    check('/** Does it. */\nf();\n', `${LINE}\n\n/** Does it. */\nf();\n`));
  it('below the header, above the comment of the first statement', () =>
    check(
      '// @ts-check\n\n/** Does it. */\nf();\n',
      `// @ts-check\n\n${LINE}\n\n/** Does it. */\nf();\n`,
    ));
  it('below directives', () =>
    check("'use strict';\nf();\n", `'use strict';\n\n${LINE}\n\nf();\n`));
  it('below directives that an empty line follows', () =>
    check("'use strict';\n\nf();\n", `'use strict';\n\n${LINE}\n\nf();\n`));
  it('below a triple-slash reference', () =>
    check(
      '/// <reference types="node" />\nf();\n',
      `/// <reference types="node" />\n\n${LINE}\n\nf();\n`,
    ));
  it('below a file that is one comment', () => check('// Empty.\n', `// Empty.\n\n${LINE}\n`));
  it('in the order of the alphabet where its group has it', () =>
    check(
      "import a from './a.js';\nimport z from './z.js';\n",
      `import a from './a.js';\n${LINE}\nimport z from './z.js';\n`,
    ));
  it('last where its group has no order', () =>
    check(
      "import z from './z.js';\nimport a from './a.js';\n",
      `import z from './z.js';\nimport a from './a.js';\n${LINE}\n`,
    ));
  it('after packages, in a group of its own where groups are parted', () =>
    check(
      "import fs from 'node:fs';\n\nimport x from 'x';\n\nf();\n",
      `import fs from 'node:fs';\n\nimport x from 'x';\n\n${LINE}\n\nf();\n`,
    ));
  it('after packages, with no empty line where groups are not parted', () =>
    check(
      "import fs from 'node:fs';\nimport x from 'x';\n\nf();\n",
      `import fs from 'node:fs';\nimport x from 'x';\n${LINE}\n\nf();\n`,
    ));
  it('behind the comment at the end of an import line', () =>
    check("import x from 'x'; // keep\nf();\n", `import x from 'x'; // keep\n${LINE}\nf();\n`));
  it('between two imports on one line', () =>
    check(
      "import x from 'x'; import y from 'y'; f();\n",
      `import x from 'x'; import y from 'y';\n${LINE}\n f();\n`,
    ));
  it('not between a comment and the import that it is about', () =>
    check(
      "import a from './a.js';\n// Side effects:\nimport z from './z.js';\n",
      `import a from './a.js';\n${LINE}\n// Side effects:\nimport z from './z.js';\n`,
    ));
  it('not between a suppression and its import at the top', () =>
    check(
      "// eslint-disable-next-line import/order\nimport z from './z.js';\n",
      `// eslint-disable-next-line import/order\nimport z from './z.js';\n${LINE}\n`,
    ));
  it('with the line ends of the file', () =>
    check("import x from 'x';\r\nf();\r\n", `import x from 'x';\r\n${LINE}\r\nf();\r\n`));
  it('behind a byte order mark', () => check('\uFEFFf();\n', `\uFEFF${LINE}\n\nf();\n`));
  it('with the quotes and without the semicolons of the file', () =>
    check(
      'import x from "x"\nconst y = x("y")\n',
      'import x from "x"\nimport { createUserCache } from "./patterns/user-cache.js"\nconst y = x("y")\n',
    ));
  it('without spaces in braces where the file has none', () =>
    check(
      "import {x} from 'x';\nf({x});\n",
      "import {x} from 'x';\nimport {createUserCache} from './patterns/user-cache.js';\nf({x});\n",
    ));
  it('next to import = require', () =>
    check("import x = require('x');\nf();\n", `import x = require('x');\n${LINE}\nf();\n`));
});

describe('adding an import: into what is there', () => {
  const from = './patterns/user-cache.js';
  it('adds a name to the braces', () =>
    check(`import { a } from '${from}';\n`, `import { a, createUserCache } from '${from}';\n`));
  it('keeps a trailing comma', () =>
    check(`import { a, } from '${from}';\n`, `import { a, createUserCache, } from '${from}';\n`));
  it('adds a line where each name has one', () =>
    check(
      `import {\n  a,\n  b, // second\n} from '${from}';\n`,
      `import {\n  a,\n  b, // second\n  createUserCache,\n} from '${from}';\n`,
    ));
  it('adds a line without trailing comma where there is none', () =>
    check(
      `import {\n  a,\n  b // second\n} from '${from}';\n`,
      `import {\n  a,\n  b, // second\n  createUserCache\n} from '${from}';\n`,
    ));
  it('fills empty braces', () =>
    check(`import {} from '${from}';\n`, `import { createUserCache } from '${from}';\n`));
  it('adds braces to a default import', () =>
    check(`import d from '${from}';\n`, `import d, { createUserCache } from '${from}';\n`));
  it('does not turn a value into a type', () => {
    const { text } = added(`import type { T } from '${from}';\n`);
    equal(text, `import type { T } from '${from}';\n${LINE}\n`);
  });
  it('does not put a type into a value import', () =>
    check(
      `import { v } from './user.js';\n`,
      `import { v } from './user.js';\nimport type { User } from './user.js';\n`,
      { name: 'User', from: './user.js', typeOnly: true },
    ));
  it('adds a type to a type import', () =>
    check(`import type { A } from './user.js';\n`, `import type { A, User } from './user.js';\n`, {
      name: 'User',
      from: './user.js',
      typeOnly: true,
    }));
  it('leaves an import for its effects alone', () =>
    check(`import '${from}';\n`, `import '${from}';\n${LINE}\n`));
  it('leaves a default type import alone', () =>
    check(
      `import type D from '${from}';\n`,
      `import type D from '${from}';\nimport type { User } from '${from}';\n`,
      { name: 'User', from, typeOnly: true },
    ));
});

describe('adding an import: under which name', () => {
  const from = './patterns/user-cache.js';
  const same = (text: string, local: string, request?: WrittenImport) => {
    const result = added(text, request);
    equal(result.local, local);
    equal(result.text, text, 'nothing is added');
  };
  it('takes what is imported', () => same(`${LINE}\n`, 'createUserCache'));
  it('takes the alias under which it is imported', () =>
    same(`import { createUserCache as make } from '${from}';\n`, 'make'));
  it('goes through a namespace', () =>
    same(`import * as cache from '${from}';\n`, 'cache.createUserCache'));
  it('goes through import = require', () =>
    same(`import cache = require('${from}');\n`, 'cache.createUserCache'));
  it('goes through require', () =>
    same(`const cache = require('${from}');\n`, 'cache.createUserCache'));
  it('takes what is destructured from require', () =>
    same(`const { createUserCache: make } = require('${from}');\n`, 'make'));
  it('knows the module by another extension', () =>
    same(`import { createUserCache } from './patterns/user-cache';\n`, 'createUserCache'));
  it('takes a value for a type, but not a type for a value', () => {
    same(`import { User } from './user.js';\n`, 'User', {
      name: 'User',
      from: './user.js',
      typeOnly: true,
    });
    const text = `import { type createUserCache as T } from '${from}';\n`;
    equal(
      added(text).text,
      `import { type createUserCache as T, createUserCache } from '${from}';\n`,
    );
  });
  it('takes an alias where the name is in use', () => {
    const { text, local } = added('const createUserCache = 1;\nconst createUserCache2 = 2;\n');
    equal(local, 'createUserCache3');
    equal(text.split('\n')[0], `import { createUserCache as createUserCache3 } from '${from}';`);
  });
  it('does not mind properties of that name', () =>
    equal(added('cache.createUserCache({ createUserCache: 1 });\n').local, 'createUserCache'));
  it('writes default and namespace imports', () => {
    check('f();\n', "import d from './d.js';\n\nf();\n", {
      name: 'd',
      from: './d.js',
      kind: 'default',
    });
    check('f();\n', "import type * as n from './n.js';\n\nf();\n", {
      name: 'n',
      from: './n.js',
      kind: 'namespace',
      typeOnly: true,
    });
  });
});
