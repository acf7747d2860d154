/** The general recipes, as any pattern's manifest can name them: by their id and params, with nothing outside of the pattern's folder. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { checkCatalog } from '../../../src/catalog/check.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { manifestValidator } from '../../../src/catalog/validate.ts';
import { main } from '../../../src/cli/main.ts';

interface Wiring {
  readonly recipe: string;
  readonly on: 'target' | 'composition-root';
  readonly params: Readonly<Record<string, unknown>>;
}

/** A pattern of one instance file, wired by one recipe. */
const pattern = (id: string, wiring: Wiring, instance: string) => ({
  'pattern.json': JSON.stringify({
    id,
    title: id,
    family: 'design',
    version: '0.1.0',
    intent: `Guards by ${wiring.recipe}.`,
    keywords: ['guard', 'limit', 'protect'],
    relations: { composesWith: [], alternativeTo: [], specialCaseOf: [] },
    scaffold: {
      defaultName: 'guard',
      options: [],
      requires: [],
      ports: [],
      wiring: [{ ...wiring, title: 'Guard {{symbol}}' }],
      hover: [],
      files: [{ template: 'instance/guard.ts.hbs', path: '{{kebab}}-guard.ts', role: 'instance' }],
    },
  }),
  'instance/guard.ts.hbs': instance,
});

const PATTERNS = {
  'guard-function': pattern(
    'guard-function',
    {
      recipe: 'wrap-function',
      on: 'target',
      params: { call: '{{camel}}Guard.run', arguments: ['$name', '$work'], suffix: 'Unguarded' },
    },
    `export const {{camel}}Guard = {
  run: <T>(_name: string, work: () => Promise<T>): Promise<T> => work(),
};
`,
  ),
  'guard-call': pattern(
    'guard-call',
    {
      recipe: 'replace-call',
      on: 'target',
      params: { module: 'global', name: 'fetch', with: '{{camel}}Guard.fetch($args)' },
    },
    `export const {{camel}}Guard = {
  fetch: (url: string, options?: RequestInit): Promise<Response> => fetch(url, options),
};
`,
  ),
  'guard-server': pattern(
    'guard-server',
    {
      recipe: 'use-middleware',
      on: 'composition-root',
      params: { middleware: '{{camel}}Guard', position: 'before-routes' },
    },
    `export const {{camel}}Guard = (_request: unknown, _response: unknown, next: () => void): void =>
  next();
`,
  ),
  'guard-module': pattern(
    'guard-module',
    { recipe: 'use-middleware', on: 'target', params: { nestModule: '{{pascal}}Module' } },
    'export class {{pascal}}Module {}\n',
  ),
};

const PROJECT = {
  'package.json':
    '{ "name": "shop", "type": "module", "scripts": { "start": "node src/server.js" } }\n',
  'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext", "strict": true } }\n',
  'src/payments.ts': `export async function charge(amount: number): Promise<number> {
  return amount;
}
`,
  'src/orders.ts': `export async function load(id: string): Promise<Response> {
  return fetch(id);
}
`,
  'src/server.ts': `import express from 'express';

const app = express();
app.use(express.json());
app.get('/', (_request, response) => response.end());
app.listen(3000);
`,
  'src/app.module.ts': `import { Module } from '@nestjs/common';

@Module({ imports: [] })
export class AppModule {}
`,
};

describe('a pattern that is wired by a general recipe', () => {
  let root: string;
  let templatesDir: string;
  let project: string;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'wiring-'));
    templatesDir = join(root, 'templates');
    project = join(root, 'project');
    await cp(join(import.meta.dirname, '../../../templates'), templatesDir, { recursive: true });
    for (const [id, folder] of Object.entries(PATTERNS)) {
      await writeAll(join(templatesDir, 'patterns', id), folder);
    }
    await writeAll(project, PROJECT);
  });
  after(() => rm(root, { recursive: true }));

  const run = async (...argv: string[]) => {
    let text = '';
    const out = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    const io = { out, err: new PassThrough().resume(), in: new PassThrough(), interactive: false };
    const installation = { templatesDir, demosDir: join(root, 'demos'), version: '0.0.0' };
    const args = [...argv, '--cwd', project, '--yes', '--json'];
    const code = await main(args, io, installation, new AbortController().signal);
    return {
      code,
      result: JSON.parse(text) as { wiring: { status: string }[]; files: { action: string }[] },
    };
  };

  /** Adds the pattern twice: wired at first, nothing to do then. Gives the file that was wired. */
  const wired = async (path: string, ...argv: string[]): Promise<string> => {
    const first = await run('add', ...argv);
    equal(first.code, 0, JSON.stringify(first.result));
    deepEqual(
      first.result.wiring.map(({ status }) => status),
      ['wired'],
    );
    const text = await readFile(join(project, path), 'utf8');
    const second = await run('add', ...argv);
    deepEqual(
      second.result.wiring.map(({ status }) => status),
      ['already'],
      JSON.stringify(second.result),
    );
    deepEqual(new Set(second.result.files.map(({ action }) => action)), new Set(['same']));
    equal(await readFile(join(project, path), 'utf8'), text);
    return text;
  };

  it('passes the checks of manifests', async () => {
    const catalog = await loadCatalog(templatesDir, { validate: manifestValidator() });
    deepEqual(
      checkCatalog(catalog).filter(({ path }) => path.includes('guard')),
      [],
    );
  });

  it('wraps a function', async () => {
    equal(
      await wired(
        'src/payments.ts',
        'guard-function',
        '--name',
        'pay',
        '--target',
        'src/payments.ts:charge',
      ),
      `import { payGuard } from './patterns/pay-guard.js';

export async function charge(amount: number): Promise<number> {
  return payGuard.run('charge', () => chargeUnguarded(amount));
}

async function chargeUnguarded(amount: number): Promise<number> {
  return amount;
}
`,
    );
  });

  it('replaces calls', async () => {
    equal(
      await wired('src/orders.ts', 'guard-call', '--name', 'orders', '--target', 'src/orders.ts'),
      `import { ordersGuard } from './patterns/orders-guard.js';

export async function load(id: string): Promise<Response> {
  return ordersGuard.fetch(id);
}
`,
    );
  });

  it('adds a middleware where the application is made', async () => {
    const text = await wired('src/server.ts', 'guard-server', '--name', 'rate');
    ok(text.includes('app.use(express.json());\napp.use(rateGuard);\napp.get('), text);
  });

  it('adds a module to a Nest module', async () => {
    const text = await wired(
      'src/app.module.ts',
      'guard-module',
      '--name',
      'audit',
      '--target',
      'src/app.module.ts:AppModule',
    );
    ok(text.includes("import { AuditModule } from './patterns/audit-guard.js';"), text);
    ok(text.includes('@Module({ imports: [AuditModule] })'), text);
  });
});

async function writeAll(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}
