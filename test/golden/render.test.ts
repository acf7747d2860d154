/**
 * Renders one pattern that uses everything a template may use, for projects of different kinds, and compares with the committed text.
 * `UPDATE_GOLDEN=1 npx mocha test/golden/render.test.ts` writes it anew; read the diff.
 */
import { deepEqual, equal } from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { check } from 'prettier';
import type { PatternManifest } from '../../src/catalog/types.ts';
import { instanceContext } from '../../src/plan/context.ts';
import { instanceNames } from '../../src/plan/names.ts';
import { isRendered, renderFile, type RenderTarget } from '../../src/plan/render.ts';
import { CANONICAL_STYLE } from '../../src/plan/style.ts';

const cases = join(import.meta.dirname, 'render', 'cases');
const templates = join(cases, 'templates');
const manifest = JSON.parse(
  await readFile(join(templates, 'pattern.json'), 'utf8'),
) as PatternManifest;
const scaffold = manifest.scaffold!;

const canonical: RenderTarget = {
  importExtension: '.js',
  testRunner: 'vitest',
  testDir: undefined,
  testSuffix: '.test.ts',
  style: CANONICAL_STYLE,
  out: 'src/patterns',
};

interface Case {
  readonly target: RenderTarget;
  readonly name: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly wire?: Parameters<typeof instanceContext>[0]['wire'];
}

const CASES: Readonly<Record<string, Case>> = {
  'esm-vitest': {
    target: canonical,
    name: scaffold.defaultName,
    options: { limit: 4, audited: false },
  },
  'commonjs-jest-tabs-crlf': {
    target: {
      ...canonical,
      importExtension: '',
      testRunner: 'jest',
      testSuffix: '.spec.ts',
      testDir: 'test',
      style: {
        quotes: 'double',
        semicolons: false,
        indent: '\t',
        eol: '\r\n',
        trailingCommas: 'none',
        printWidth: 100,
        bracketSpacing: false,
        arrowParens: 'avoid',
      },
    },
    name: 'HTTPServer2',
    options: { limit: 8, audited: true },
    wire: {
      facts: {
        parameters: ['id: UserId', 'signal?: AbortSignal'],
        value: 'User | undefined',
        extracted: '  await send(message);\n  await log(`sent ${message}`);',
        body: 'return users.find(id, signal);',
      },
      imports: [
        { name: 'User', from: '/src/users/user.ts', typeOnly: true },
        { name: 'UserId', from: '/src/users/user.ts', typeOnly: true },
        { name: 'users', from: '/src/users/repository.ts' },
        { name: 'EventEmitter', from: 'node:events', typeOnly: true },
      ],
    },
  },
  'type-stripping-node-test': {
    target: { ...canonical, importExtension: '.ts', testRunner: 'node:test', out: 'lib' },
    name: 'user',
    options: { limit: 1, audited: true },
  },
  'mocha-test-folder-four-spaces': {
    target: {
      ...canonical,
      testRunner: 'mocha',
      testDir: 'test/patterns',
      style: { ...CANONICAL_STYLE, indent: 4, trailingCommas: 'es5', printWidth: 120 },
    },
    name: 'order_email',
    options: { limit: 2, audited: false },
  },
};

async function renderCase({ target, name, options, wire }: Case): Promise<Map<string, string>> {
  const context = instanceContext({
    names: instanceNames(name),
    scaffold,
    engine: { id: 'redis', title: 'Redis' },
    adapters: [
      {
        engine: 'redis',
        port: 'widget-store',
        symbol: 'redisWidgetStore',
        create: "redisWidgetStore({ prefix: '{{kebab}}:' })",
      },
    ],
    options,
    ...(wire === undefined ? {} : { wire }),
  });
  const files = await Promise.all(
    scaffold.files
      .filter((file) => isRendered(file, context))
      .map((file) => renderFile(file, templates, context, target)),
  );
  return new Map(files.map(({ path, text }) => [path, text]));
}

async function committed(dir: string): Promise<Map<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const pairs = files.map(async (entry): Promise<[string, string]> => {
    const file = join(entry.parentPath, entry.name);
    return [relative(dir, file).replace(/\.golden$/, ''), await readFile(file, 'utf8')];
  });
  return new Map(await Promise.all(pairs));
}

describe('rendering, as committed', () => {
  for (const [id, given] of Object.entries(CASES)) {
    it(`renders for ${id}`, async () => {
      const rendered = await renderCase(given);
      const dir = join(cases, id);
      if (process.env['UPDATE_GOLDEN']) {
        await rm(dir, { recursive: true, force: true });
        for (const [path, text] of rendered) {
          // With an ending of its own no tool takes it for code of this repository.
          const file = join(dir, `${path}.golden`);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, text);
        }
      }
      const expected = await committed(dir);
      deepEqual([...rendered.keys()].sort(), [...expected.keys()].sort());
      for (const [path, text] of rendered) equal(text, expected.get(path), path);
    });

    it(`passes Prettier with the settings of ${id}`, async () => {
      const { style } = given.target;
      for (const [path, text] of await renderCase(given)) {
        if (!path.endsWith('.ts')) continue;
        const clean = await check(text, {
          filepath: path,
          singleQuote: style.quotes === 'single',
          semi: style.semicolons,
          useTabs: style.indent === '\t',
          ...(typeof style.indent === 'number' ? { tabWidth: style.indent } : {}),
          trailingComma: style.trailingCommas,
          printWidth: style.printWidth,
          bracketSpacing: style.bracketSpacing,
          arrowParens: style.arrowParens,
          endOfLine: style.eol === '\r\n' ? 'crlf' : 'lf',
        });
        equal(clean, true, path);
      }
    });
  }
});
