/** The general recipes, which no pattern of the product needs: a team's own templates are wired by them all the way to its files. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AUDIT, ownFiles, scaffoldWith } from '../catalog/support/own.ts';
import {
  makeProject,
  PROJECT,
  remove,
  treeOf,
  type Texts,
  writeTexts,
} from '../plan/support/disk.ts';
import { run } from './support/run.ts';

const APP = `import express from 'express';
import { load } from './orders.js';

const app = express();
app.use(express.json());
app.get('/orders/:id', async (request, response) => {
  response.json(await load(request.params.id));
});

app.listen(3000);
`;

const ORDERS = `export async function load(id: string): Promise<unknown> {
  const response = await fetch(\`http://orders/\${id}\`);
  return response.json();
}
`;

/** A pattern whose instance is one file, wired by one recipe. */
function guard(on: string, recipe: string, params: object, instance: string): Texts {
  const manifest = scaffoldWith({
    defaultName: 'guard',
    options: [],
    ports: [],
    requires: [],
    wiring: [{ recipe, on, title: 'Guard it', params }],
    hover: [],
    files: [{ template: 'guard.ts.hbs', path: '{{kebab}}.ts', role: 'instance' }],
  });
  return ownFiles('patterns/guard', {
    'pattern.json': { ...manifest, id: 'guard', title: 'Guard', relations: AUDIT.relations },
    'guard.ts.hbs': instance,
  });
}

interface Planned {
  readonly wiring: readonly { readonly file: string; readonly status: string }[];
  readonly error?: { readonly message: string };
}

describe('own templates by the general recipes', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject({ ...PROJECT, 'src/app.ts': APP, 'src/orders.ts': ORDERS });
  });
  afterEach(() => remove(root));

  const read = (path: string) => readFile(join(root, path), 'utf8');

  /** Adds the pattern twice: the second time there is nothing left to do. */
  async function add(pattern: Texts, ...args: string[]): Promise<void> {
    await writeTexts(root, pattern);
    const command = ['add', 'guard', '--name', 'guard', ...args, '--cwd', root, '--json'];
    for (const status of ['wired', 'already']) {
      const { code, out } = await run(command);
      const { wiring } = JSON.parse(out) as Planned;
      equal(code, 0, out);
      deepEqual(
        wiring.map((one) => one.status),
        [status],
        out,
      );
    }
    ok((await read('src/patterns/guard.ts')).length > 0);
  }

  it('wrap-function puts the instance in front of a function', async () => {
    const instance = `export const {{camel}} = {
  run: <T>(work: () => Promise<T>): Promise<T> => work(),
};
`;
    const pattern = guard('target', 'wrap-function', {}, instance);
    await add(pattern, '--target', 'src/orders.ts:load');
    const text = await read('src/orders.ts');
    match(text, /import \{ guard \} from '\.\/patterns\/guard\.js';/);
    match(text, /return guard\.run\(\(\) => loadDirectly\(id\)\);/);
  });

  it('replace-call lets the calls of a function go through the instance', async () => {
    const params = { module: 'global', name: 'fetch', with: '{{camel}}.fetch($args)' };
    const instance = `export const {{camel}} = { fetch: globalThis.fetch };\n`;
    await add(guard('target', 'replace-call', params, instance), '--target', 'src/orders.ts:load');
    match(await read('src/orders.ts'), /await guard\.fetch\(`http:\/\/orders\/\$\{id\}`\)/);
  });

  it('use-middleware adds the instance above the routes of the application', async () => {
    const instance = `export const {{camel}} = {
  middleware: (_request: unknown, _response: unknown, next: () => void): void => next(),
};
`;
    const params = { middleware: '{{camel}}.middleware' };
    await add(guard('composition-root', 'use-middleware', params, instance));
    match(
      await read('src/app.ts'),
      /app\.use\(express\.json\(\)\);\n\n?app\.use\(guard\.middleware\);\n/,
    );
  });

  it('no other: what there is not is refused, and nothing is written', async () => {
    await writeTexts(root, guard('target', 'wrap-functions', {}, 'export {};\n'));
    const before = await treeOf(root);
    const { code, out } = await run(['add', 'guard', '--cwd', root, '--json']);
    equal(code, 2);
    const { error } = JSON.parse(out) as Planned;
    match(error!.message, /there is no "wrap-functions", only extract-body, .*wrap-function, /);
    deepEqual(await treeOf(root), before);
  });
});
