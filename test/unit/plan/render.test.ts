import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSpec } from '../../../src/catalog/types.ts';
import {
  isRendered,
  renderDeep,
  renderFile,
  renderText,
  type RenderTarget,
} from '../../../src/plan/render.ts';
import { CANONICAL_STYLE } from '../../../src/plan/style.ts';

const target: RenderTarget = {
  importExtension: '.js',
  testRunner: 'vitest',
  testDir: undefined,
  testSuffix: '.test.ts',
  style: CANONICAL_STYLE,
  out: 'src/patterns',
};

describe('renderText', () => {
  it('puts values in as they are', () => {
    equal(
      renderText("{{a}} '{{b.c}}'", { a: 'Map<string, "x">', b: { c: "&'<" } }),
      `Map<string, "x"> '&'<'`,
    );
  });

  it('leaves no line for a line that holds only a block tag or a comment', () => {
    const template =
      'a\n{{#if on}}\n  b\n{{else}}\n  c\n{{/if}}\n{{! why }}\n{{#each xs}}\n- {{this}}\n{{/each}}\nd\n';
    equal(renderText(template, { on: true, xs: [1, 2] }), 'a\n  b\n- 1\n- 2\nd\n');
    equal(renderText(template, { on: false, xs: [] }), 'a\n  c\nd\n');
  });

  it('refuses a name that does not exist, in a tag, a path and the condition of a block', () => {
    const context = { wire: { known: undefined }, on: false };
    throws(() => renderText('{{nmae}}', context), /"nmae" is not defined/);
    throws(() => renderText('{{wire.unknown}}', context), /"wire.unknown" is not defined/);
    throws(
      () => renderText('{{#if wire.unknown}}a{{/if}}', context),
      /"wire.unknown" is not defined/,
    );
    throws(() => renderText('{{#unless onn}}a{{/unless}}', context), /"onn" is not defined/);
    throws(() => renderText('{{#each items}}a{{/each}}', context), /"items" is not defined/);
    throws(() => renderText('{{constructor}}', context), /"constructor" is not defined/);
    throws(() => renderText('{{toString}}', context), /"toString" is not defined/);
    throws(
      () => renderText('{{#each xs}}{{#if nmae}}a{{/if}}{{/each}}', { xs: [{ name: 1 }] }),
      /"xs.nmae" is not defined/,
    );
    equal(renderText('{{#if wire.known}}a{{else}}b{{/if}}', context), 'b');
  });

  it('refuses helpers other than if, unless and each, and partials', () => {
    for (const tag of [
      '{{#with a}}{{/with}}',
      '{{lookup a "b"}}',
      '{{log a}}',
      '{{upper a}}',
      '{{> p}}',
    ]) {
      throws(() => renderText(tag, { a: {} }), Error, tag);
    }
  });

  it('refuses broken Handlebars, naming the line', () => {
    throws(() => renderText('a\n{{#if x}}\n', { x: 1 }), /line 2|3/i);
  });
});

describe('renderDeep', () => {
  it('renders every string in parameters and leaves the rest', () => {
    deepEqual(renderDeep({ a: ['{{x}}', 1, null, { b: '{{x}}{{x}}' }], c: true }, { x: 'y' }), {
      a: ['y', 1, null, { b: 'yy' }],
      c: true,
    });
  });
});

describe('isRendered', () => {
  const file = (...when: string[]): FileSpec => ({
    template: 'a',
    path: 'a.ts',
    role: 'instance',
    when,
  });

  it('wants every fact of `when`', () => {
    const context = { wired: true, wire: { text: 'x', none: '', list: [], missing: undefined } };
    equal(isRendered(file(), context), true);
    equal(isRendered(file('wired', 'wire.text'), context), true);
    for (const fact of ['wire.none', 'wire.list', 'wire.missing', 'wire.absent', 'absent.deep']) {
      equal(isRendered(file('wired', fact), context), false, fact);
    }
  });
});

describe('renderFile', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'render-'));
  });
  after(() => rm(folder, { recursive: true }));

  const render = async (
    text: string,
    path: string,
    role: FileSpec['role'],
    over: Partial<RenderTarget> = {},
    context: object | undefined = undefined,
  ) => {
    await writeFile(join(folder, 'template.hbs'), text);
    return renderFile({ template: 'template.hbs', path, role }, folder, context, {
      ...target,
      ...over,
    });
  };

  it('keeps generic code line by line, Handlebars-like text included', async () => {
    const text = "import { a } from './a.js';\n\nexport const b = `{{${a}}}`;\n";
    deepEqual(await render(text, 'x/b.ts', 'source'), { path: 'src/patterns/x/b.ts', text });
  });

  it('reads a template with CRLF like one without', async () => {
    const { text } = await render(
      'export const a = 1;\r\nexport const b = 2;\r\n',
      'b.ts',
      'source',
    );
    equal(text, 'export const a = 1;\nexport const b = 2;\n');
  });

  it('names tests as the runner looks for them, and puts them where the project keeps them', async () => {
    const text = "import { it } from 'node:test';\n";
    const over = { testSuffix: '.spec.ts', testDir: 'test' } as const;
    equal((await render(text, 'x/a.test.ts', 'test')).path, 'src/patterns/x/a.test.ts');
    equal((await render(text, 'x/a.test.ts', 'test', over)).path, 'test/x/a.spec.ts');
    equal((await render(text, 'x/a.contract.ts', 'test', over)).path, 'test/x/a.contract.ts');
    equal((await render(text, 'x/a.ts', 'source', over)).path, 'src/patterns/x/a.ts');
    const named = await render(text, '{{kebab}}.test.ts', 'instance-test', over, { kebab: 'user' });
    equal(named.path, 'test/user.spec.ts');
  });

  it('leaves text that is no script alone but for line ends', async () => {
    const style = { ...CANONICAL_STYLE, quotes: 'double', indent: '\t', eol: '\r\n' } as const;
    const yaml = "a: './b.js'\nc:\n  - d\n";
    equal((await render(yaml, 'a.yaml', 'source', { style })).text, yaml.replaceAll('\n', '\r\n'));
  });

  it('names the template in every error', async () => {
    await rejects(
      render('{{typo}}', 'a.ts', 'instance', {}, {}),
      /template\.hbs: .*"typo" is not defined/,
    );
    await rejects(render('const = 1', 'a.ts', 'instance', {}, {}), /template\.hbs: /);
  });
});
