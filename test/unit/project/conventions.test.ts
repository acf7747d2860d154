import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type MemoryTexts } from './memory-files.ts';
import { profileOf } from './project-of.ts';

describe('tests', () => {
  const testing = async (files: MemoryTexts) => {
    const { testRunner, testSuffix, testDir, notes } = await profileOf(files);
    return { testRunner, testSuffix, testDir, notes };
  };

  it('the script wins over what is merely installed', async () => {
    const found = await testing({
      'package.json': {
        name: 'p',
        scripts: { test: 'npm run test:unit', 'test:unit': 'vitest run' },
        devDependencies: { jest: '^30.0.0', vitest: '^4.0.0' },
      },
      'jest.config.js': '',
    });
    equal(found.testRunner, 'vitest');
    match(found.notes.join('\n'), /Signs of vitest and of jest/);
  });

  it('imports of existing tests tell', async () => {
    const files = { 'src/b.spec.ts': "import { it } from 'node:test';" };
    deepEqual((await testing(files)).testRunner, 'node:test');
    equal((await testing(files)).testSuffix, '.spec.ts');
    equal((await testing(files)).testDir, undefined);
  });

  it('node --test and tsx --test are node:test', async () => {
    for (const test of [
      'node --import tsx --test',
      'tsx --test src/**/*.test.ts',
      'c8 node --test',
    ]) {
      equal(
        (await testing({ 'package.json': { name: 'p', scripts: { test } } })).testRunner,
        'node:test',
      );
    }
  });

  it('without any sign node:test is assumed and said', async () => {
    const found = await testing({});
    equal(found.testRunner, 'node:test');
    match(found.notes.join('\n'), /No test runner was found/);
  });

  it('a runner at the workspace root counts', async () => {
    const found = await profileOf(
      {
        'package.json': {
          name: 'root',
          workspaces: ['packages/*'],
          devDependencies: { mocha: '^11.0.0' },
        },
        'packages/a/package.json': { name: 'a' },
        'packages/a/src/a.ts': '',
      },
      'packages/a',
    );
    equal(found.testRunner, 'mocha');
    equal(found.workspaceDir, '');
  });

  it('the folder is where tests are, a folder of end-to-end tests left out', async () => {
    equal((await testing({ 'tests/unit/b.test.ts': '' })).testDir, 'tests');
    equal((await testing({ 'test/b.test.ts': '', 'src/c.test.ts': '' })).testDir, undefined);
    equal(
      (await testing({ 'test/e2e/b.test.ts': '', 'test/app.e2e-spec.ts': '' })).testDir,
      undefined,
    );
  });

  it('folder and suffix come from the configuration when there is no test yet', async () => {
    const config = {
      'vitest.config.ts': "export default { test: { include: ['test/**/*.spec.ts'] } }",
    };
    deepEqual(
      { ...(await testing(config)), notes: 0 },
      { testRunner: 'vitest', testSuffix: '.spec.ts', testDir: 'test', notes: 0 },
    );
    const jest = { name: 'p', jest: { testRegex: '.*\\.spec\\.ts$' } };
    equal((await testing({ 'package.json': jest })).testSuffix, '.spec.ts');
  });
});

describe('formatter and style', () => {
  const style = async (files: MemoryTexts) => {
    const found = await profileOf(files);
    return { formatter: found.formatter, ...found.style, notes: found.notes.join('\n') };
  };

  it('reads Prettier as JSON, YAML, a package.json key or a shared JSON package', async () => {
    const shared = {
      'package.json': { name: 'p', prettier: '@shop/style' },
      'node_modules/@shop/style/package.json': { main: 'index.json' },
      'node_modules/@shop/style/index.json': { semi: false, tabWidth: 3 },
    };
    for (const files of [
      { '.prettierrc': '{ "semi": false, "tabWidth": 3 }' },
      { '.prettierrc': 'semi: false\ntabWidth: 3\n' },
      { '.prettierrc.yml': 'semi: false\ntabWidth: 3\n' },
      { 'package.json': { name: 'p', prettier: { semi: false, tabWidth: 3 } } },
      shared,
    ]) {
      const { formatter, semicolons, indent, quotes } = await style(files);
      deepEqual([formatter, semicolons, indent, quotes], ['prettier', false, 3, 'double']);
    }
  });

  it('applies the overrides for TypeScript only', async () => {
    const overrides = [
      { files: '*.json', options: { tabWidth: 8 } },
      { files: ['src/**/*.ts'], options: { singleQuote: true } },
      { files: '*.ts', excludeFiles: 'src/*', options: { useTabs: true } },
    ];
    const { indent, quotes } = await style({ '.prettierrc': { tabWidth: 4, overrides } });
    deepEqual([indent, quotes], [4, 'single']);
  });

  it('knows how wide a tab is', async () => {
    const tabs = 'root=true\n[*]\nindent_style = tab\nindent_size = 8\n';
    const biome = { formatter: { indentStyle: 'tab', indentWidth: 8 } };
    for (const files of [
      { '.prettierrc': { useTabs: true, tabWidth: 8 } },
      { '.editorconfig': tabs, '.prettierrc': { semi: true } },
      { 'biome.json': biome },
    ]) {
      const { indent, tabWidth } = await style(files);
      deepEqual([indent, tabWidth], ['\t', 8], JSON.stringify(files));
    }
  });

  it('does not run a config that is a program: says so and looks at the sources', async () => {
    const found = await style({
      'prettier.config.mjs': '',
      'src/a.ts': "import a from 'a'\nimport b from 'b'\n",
    });
    deepEqual([found.formatter, found.semicolons, found.quotes], ['prettier', false, 'single']);
    match(found.notes, /prettier\.config\.mjs is a program/);
  });

  it('Prettier follows .editorconfig where it says nothing itself', async () => {
    const editor =
      'root=true\n[*]\nindent_style = tab\nmax_line_length = 110\n[*.md]\nindent_style = space\n';
    const found = await style({ '.editorconfig': editor, '.prettierrc': '{ "printWidth": 90 }' });
    deepEqual([found.indent, found.printWidth], ['\t', 90]);
  });

  it('reads Biome, with its defaults, its extends and its switch', async () => {
    const plain = await style({ 'biome.json': '{}' });
    deepEqual(
      [plain.formatter, plain.indent, plain.quotes, plain.semicolons],
      ['biome', '\t', 'double', true],
    );
    const extended = await style({
      'biome.jsonc': {
        extends: ['./base.json'],
        javascript: { formatter: { semicolons: 'asNeeded', arrowParentheses: 'asNeeded' } },
      },
      'base.json': {
        formatter: { indentStyle: 'space', indentWidth: 4 },
        javascript: { formatter: { quoteStyle: 'single' } },
      },
    });
    deepEqual(
      [extended.indent, extended.quotes, extended.semicolons, extended.arrowParens],
      [4, 'single', false, 'avoid'],
    );
    equal((await style({ 'biome.json': { formatter: { enabled: false } } })).formatter, undefined);
  });

  it('line ends follow the sources unless a config names them', async () => {
    const crlf = "const a = 'b';\r\nconst c = 'd';\r\n";
    equal((await style({ '.prettierrc': '{}', 'src/a.ts': crlf })).eol, '\r\n');
    equal((await style({ '.prettierrc': { endOfLine: 'lf' }, 'src/a.ts': crlf })).eol, '\n');
    equal((await style({ '.editorconfig': '[*]\nend_of_line = crlf\n' })).eol, '\r\n');
  });

  it('is the style of the file that was asked about before that of others', async () => {
    const tabs = 'function f() {\n\treturn 1;\n}\n'.repeat(9);
    const spaces = 'function f() {\n  return 1;\n}\n';
    const files = { 'src/deep/deeper/one.ts': tabs, 'src/a.ts': spaces };
    equal((await profileOf(files, 'src/deep/deeper/one.ts')).style.indent, '\t');
  });
});
