import { equal } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { draftOf } from '../../../src/wire/draft.ts';
import { addImport, addImports, type WrittenImport } from '../../../src/wire/imports.ts';
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

describe('adding an import: every form of file, with its own line ends', () => {
  const HEADS = {
    'nothing above': ['', `${LINE}\n\n`],
    'a shebang': ['#!/usr/bin/env node\n', `#!/usr/bin/env node\n${LINE}\n\n`],
    'a licence': ['/* Copyright 2026 */\n\n', `/* Copyright 2026 */\n\n${LINE}\n\n`],
    'a shebang and a licence': [
      '#!/usr/bin/env node\n// Copyright 2026\n\n',
      `#!/usr/bin/env node\n// Copyright 2026\n\n${LINE}\n\n`,
    ],
    'a directive': ["'use strict';\n\n", `'use strict';\n\n${LINE}\n\n`],
    'a licence and a directive': [
      "// Copyright 2026\n'use strict';\n\n",
      `// Copyright 2026\n'use strict';\n\n${LINE}\n\n`,
    ],
    'a directive and an import': [
      "'use client';\n\nimport a from 'a';\n\n",
      `'use client';\n\nimport a from 'a';\n${LINE}\n\n`,
    ],
    'a type import': [
      "import type { A } from 'a';\n\n",
      `import type { A } from 'a';\n${LINE}\n\n`,
    ],
    'an import for its effects': ["import 'a';\n\n", `import 'a';\n${LINE}\n\n`],
  } as const;
  const plain = (text: string) => text.replaceAll(';', '');
  for (const [name, [before, expected]] of Object.entries(HEADS)) {
    it(`below ${name}`, () => {
      const code = 'start();\nstop();\n';
      for (const eol of [(text: string) => text, (text: string) => text.replaceAll('\n', '\r\n')]) {
        check(eol(before + code), eol(expected + code));
        check(eol(plain(before + code)), eol(plain(expected + code)));
        check(`\uFEFF${eol(before + code)}`, `\uFEFF${eol(expected + code)}`);
      }
    });
  }
});

describe('adding several names of a module', () => {
  const from = './user.js';
  const names = (...all: readonly string[]) => all.map((name) => ({ name, from, typeOnly: true }));
  const several = (text: string, requests: readonly WrittenImport[]) => {
    const draft = draftOf(parse({ path: 'src/users.ts', text }), profileOf({}));
    const locals = addImports(draft, requests);
    return { locals, text: draft.recorder.apply(text) };
  };
  it('writes one declaration', () =>
    equal(
      several('f();\n', names('User', 'Role')).text,
      `import type { User, Role } from '${from}';\n\nf();\n`,
    ));
  it('adds what is missing to the one that is there', () => {
    const { text, locals } = several(
      `import type { User as U } from '${from}';\n`,
      names('User', 'Role'),
    );
    equal(text, `import type { User as U, Role } from '${from}';\n`);
    equal(locals.join(), 'U,Role');
  });
  it('adds nothing where all are there', () => {
    const text = `import { Role, User } from '${from}';\n`;
    equal(several(text, names('User', 'Role')).text, text);
  });
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
  it('adds a name under an alias', () =>
    check(`import { a } from '${from}';\n`, `import { a, b as c } from '${from}';\n`, {
      name: 'b',
      as: 'c',
      from,
    }));
  it('adds a type under an alias', () =>
    check('f();\n', `import type { B as C } from './b.js';\n\nf();\n`, {
      name: 'B',
      as: 'C',
      from: './b.js',
      typeOnly: true,
    }));
  it('writes a default import beside the names of its module', () =>
    check(
      `import { a } from '${from}';\n`,
      `import { a } from '${from}';\nimport d from '${from}';\n`,
      { name: 'd', from, kind: 'default' },
    ));
  it('writes a namespace import beside the names of its module', () =>
    check(
      `import { a } from '${from}';\n`,
      `import { a } from '${from}';\nimport * as n from '${from}';\n`,
      { name: 'n', from, kind: 'namespace' },
    ));
  it('does not put names into a namespace import of types', () =>
    check(`import type * as n from '${from}';\n`, `import type * as n from '${from}';\n${LINE}\n`));
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
  it('takes the name of a default import, however it is written', () => {
    const request: WrittenImport = { name: 'make', from, kind: 'default' };
    same(`import build from '${from}';\n`, 'build', request);
    same(`import { default as build } from '${from}';\n`, 'build', request);
    same(`import * as cache from '${from}';\n`, 'cache.default', request);
    same(`import * as all from '${from}';\n`, 'all', { name: 'x', from, kind: 'namespace' });
  });
  it('does not take a type for a default value', () => {
    const { text } = added(`import type build from '${from}';\n`, {
      name: 'make',
      from,
      kind: 'default',
    });
    equal(text, `import type build from '${from}';\nimport make from '${from}';\n`);
  });
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
