import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, it } from 'mocha';
import { applyToDisk, createEngine, diskFiles } from '../../../src/engine.ts';
import { toJavaScript } from '../../../src/plan/javascript.ts';
import type { ScaffoldPlan, ScaffoldRequest } from '../../../src/plan/types.ts';
import { makeProject, remove, type Texts, treeOf } from './support/disk.ts';

const run = promisify(execFile);

const USERS = `class UserRepository {
  async findById(id) {
    const rows = await db.query('select * from users where id = $1', [id]);
    return rows[0];
  }

  async save(user) {
    await db.query('insert into users values ($1, $2)', [user.id, user.name]);
  }
}
`;
const MAIL = `async function sendInvoice(order) {
  await mailer.send(\`invoice for \${order.id}\`);
}
`;
const SERVER = `const app = express();
app.get('/', (req, res) => res.end());
app.listen(3000);
`;
const packageJson = (type: object): object => ({
  name: 'js-shop',
  ...type,
  scripts: { test: 'node --test' },
  dependencies: { express: '^5.1.0' },
});

const PROJECTS: Readonly<Record<string, Texts>> = {
  'ES modules': {
    'package.json': packageJson({ type: 'module' }),
    'src/users.js': `import { db } from './db.js';\n\nexport ${USERS}`,
    'src/db.js': 'export const db = { query: async (sql, values) => [{ sql, values }] };\n',
    'src/mailer.js': 'export const mailer = { send: async () => {} };\n',
    'src/mail.js': `import { mailer } from './mailer.js';\n\nexport ${MAIL}`,
    'src/server.js': `import express from 'express';\n\n${SERVER}`,
  },
  CommonJS: {
    'package.json': packageJson({}),
    'src/users.js': `'use strict';\n\nconst { db } = require('./db');\n\n${USERS}\nmodule.exports = { UserRepository };\n`,
    'src/db.js': 'exports.db = { query: async (sql, values) => [{ sql, values }] };\n',
    'src/mailer.js': 'exports.mailer = { send: async () => {} };\n',
    'src/mail.js': `const { mailer } = require('./mailer');\n\n${MAIL}\nmodule.exports = { sendInvoice };\n`,
    'src/server.js': `const express = require('express');\n\n${SERVER}`,
  },
};

const REQUESTS: readonly ScaffoldRequest[] = [
  { pattern: 'cache-aside', target: 'src/users.js:UserRepository.findById' },
  { pattern: 'competing-consumers', target: 'src/mail.js:sendInvoice' },
  { pattern: 'strangler-fig', target: 'src/server.js' },
];

describe('a JavaScript project', function () {
  this.timeout(0);
  const engine = createEngine({ templatesDir: join(import.meta.dirname, '../../../templates') });
  let root = '';
  afterEach(() => remove(root));

  const plan = (request: ScaffoldRequest): Promise<ScaffoldPlan> =>
    engine.plan(request, diskFiles(root));

  for (const [title, texts] of Object.entries(PROJECTS)) {
    it(`${title}: every pattern lands as JavaScript that runs, passes its tests, and is taken out again`, async () => {
      root = await makeProject(texts);
      const before = await treeOf(root);
      for (const request of REQUESTS) {
        const planned = await plan(request);
        ok(planned.wiring.length > 0);
        deepEqual(new Set(planned.wiring.map(({ status }) => status)), new Set(['wired']));
        await applyToDisk(root, planned);
      }
      const sources = (await readdir(join(root, 'src'), { recursive: true })).filter((name) =>
        /\.\w+$/.test(name),
      );
      ok(sources.length > 40, `${sources.length} files`);
      for (const name of sources) {
        match(name, /\.js$/);
        const text = await readFile(join(root, 'src', name), 'utf8');
        if (title === 'CommonJS') doesNotMatch(text, /^(import|export) /m, name);
        else doesNotMatch(text, /\brequire\(/, name);
      }
      const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], {
        cwd: root,
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      });
      match(stdout, /^# fail 0$/m);
      ok(Number(/^# pass (\d+)$/m.exec(stdout)?.[1]) > 100, stdout.slice(-500));
      for (const request of REQUESTS) {
        const again = await plan(request);
        deepEqual(
          again.files.filter(({ action }) => action !== 'same').map(({ path }) => path),
          [],
        );
      }
      for (const instance of ['billing', 'invoice', 'user']) {
        await applyToDisk(root, await engine.remove(diskFiles(root), '', { instance }));
      }
      deepEqual(await treeOf(root), before);
    });

    it(`${title}: a method is strangled by its name alone; its callers get what they got`, async () => {
      root = await makeProject(texts);
      const before = await treeOf(root);
      const target = 'src/users.js:UserRepository.findById';
      const planned = await plan({ pattern: 'strangler-fig', target, name: 'find-user' });
      deepEqual(
        planned.wiring.map(({ file, status }) => [file, status]),
        [['src/users.js', 'wired']],
      );
      await applyToDisk(root, planned);
      const script = `import('./src/users.js')
        .then(({ UserRepository }) => new UserRepository().findById('7'))
        .then((row) => console.log(row.values.join()))`;
      equal((await run(process.execPath, ['-e', script], { cwd: root })).stdout, '7\n');
      const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], {
        cwd: root,
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      });
      match(stdout, /^# fail 0$/m);
      await applyToDisk(root, await engine.remove(diskFiles(root), '', { instance: 'find-user' }));
      deepEqual(await treeOf(root), before);
    });
  }

  it('in CommonJS, tests for Vitest are ES modules that require what they test', async () => {
    const scripts = { test: 'vitest run' };
    const packaged = { ...packageJson({}), scripts, devDependencies: { vitest: '^4.0.0' } };
    root = await makeProject({ ...PROJECTS['CommonJS'], 'package.json': packaged });
    for (const request of REQUESTS) await applyToDisk(root, await plan(request));
    const sources = (await readdir(join(root, 'src'), { recursive: true })).filter((name) =>
      /\.\w+$/.test(name),
    );
    const tests = sources.filter((name) => /\.(?:test|contract)\.js$/.test(name));
    ok(tests.length > 15 && sources.length > 2 * tests.length);
    for (const name of sources) {
      const text = await readFile(join(root, 'src', name), 'utf8');
      if (!tests.includes(name)) {
        doesNotMatch(text, /^(import|export) /m, name);
        continue;
      }
      match(text, /^import \{[^}]+\} from 'vitest';$/m, name);
      doesNotMatch(text, /require\('vitest'\)|module\.exports/, name);
      for (const [, from] of text.matchAll(/ from '(\..+)'/g)) match(from!, /\.contract$/, name);
    }
  });

  it('in CommonJS, what a moved handler needs of its own file is not required back', async () => {
    const mail = `const mailer = { send: async () => {} };\n\n${MAIL}\nmodule.exports = { sendInvoice };\n`;
    root = await makeProject({ ...PROJECTS['CommonJS'], 'src/mail.js': mail });
    const before = await treeOf(root);
    const error: Error = await plan(REQUESTS[1]!).then(
      () => new Error('planned'),
      (reason: Error) => reason,
    );
    match(error.message, /two CommonJS modules that require each other/);
    deepEqual(await treeOf(root), before);
  });
});

describe('TypeScript as JavaScript', () => {
  const SOURCE = `import { a } from './a.js';
import type { B } from './b.js';

/** Goes. */
export interface Options {
  readonly size: number;
}

/** Stays. */
export class Box<T extends B> {
  readonly #size: number;
  declare readonly kind: string;

  constructor({ size }: Options) {
    this.#size = size;
  }

  get(key: string): T | undefined {
    return a<T>(key, this.#size as number)!;
  }
}

export const box = <T extends B>(options: Options): Box<T> => new Box<T>(options);
`;

  it('loses types and what documents them, and keeps the rest', async () => {
    const text = await toJavaScript(SOURCE, 'esm');
    doesNotMatch(text, /Goes|interface|import type|declare|: string|<T/);
    match(text, /\/\*\* Stays\. \*\/\nexport class Box\s+\{/);
    match(text, /^import \{ a \} from '\.\/a\.js';$/m);
  });

  it('has require and module.exports in CommonJS', async () => {
    const text = await toJavaScript(SOURCE, 'commonjs');
    match(text, /^'use strict';\n\nconst \{ a \} = require\('\.\/a\.js'\);$/m);
    match(text, /\nmodule\.exports = \{ Box, box \};\n$/);
    doesNotMatch(text, /^export /m);
  });

  it('requires the modules of its own project below its imports, as a test for Vitest does', async () => {
    const text = await toJavaScript(
      `import { ok } from 'node:assert/strict';
import { it } from 'vitest';
import { a as b, type A } from '../a.js';
import { describeBox } from './box.contract.js';
import type { C } from './c.js';
import { box } from './box.js';

/** Of boxes. */
export const sizes: readonly A[] = [b as A];
it('is a box', () => ok(box));
`,
      'requiring',
    );
    equal(
      text.replace(/\n{3,}/g, '\n\n'),
      `import { ok } from 'node:assert/strict';
import { createRequire } from 'node:module';
import { it } from 'vitest';
import { describeBox } from './box.contract.js';

const require = createRequire(import.meta.url);
const { a: b } = require('../a.js');
const { box } = require('./box.js');

/** Of boxes. */
export const sizes = [b ];
it('is a box', () => ok(box));
`,
    );
  });

  it('leaves nothing of a file of types', async () => {
    equal(await toJavaScript('/** A. */\nexport type A = string;\n', 'esm'), '');
  });
});
