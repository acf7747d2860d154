import { equal } from 'node:assert/strict';
import { join } from 'node:path';
import { format } from 'prettier';
import { renderCatalog } from '../../../scripts/lib/rendering.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { requote } from '../../../src/plan/quotes.ts';
import { applyStyle, CANONICAL_STYLE } from '../../../src/plan/style.ts';
import type { Style } from '../../../src/project/types.ts';

const CANONICAL = `import { a } from './a.js';

/** Doc. */
export const pick = async (list: readonly string[]) => {
  const [first] = list;
  return { first, call: (x: number) => a(x), long: [1, 2], note: "it's" };
};
`;

describe('requote', () => {
  it('chooses the quotes that need fewer backslashes, the preferred ones when both need as many', async () => {
    const literals = [
      `''`,
      `'a'`,
      `"it's"`,
      `'say "x"'`,
      `'\\'"'`,
      `"\\"'"`,
      `'\\n\\\\'`,
      `'\\u{1F600} \\d'`,
      `'"\\'"'`,
      `"'\\"'"`,
    ];
    const text = literals.map((literal, i) => `const a${i} = ${literal};\n`).join('');
    for (const preferred of ['single', 'double'] as const) {
      const wanted = await format(text, {
        parser: 'typescript',
        singleQuote: preferred === 'single',
      });
      equal(requote(text, preferred), wanted);
      equal(requote(requote(text, 'double'), preferred), wanted);
    }
  });

  it('leaves comments, templates, regular expressions and JSX-like text alone', () => {
    const text = [
      "// don't",
      "/* 'a' */ const b = `'${c('x')}'`;",
      "const d = /'/.test(e) / 2;",
      "type F = Map<'g', G<'h'>>;",
      '',
    ].join('\n');
    equal(
      requote(text, 'double'),
      text.replace("c('x')", 'c("x")').replace("'g'", '"g"').replace("'h'", '"h"'),
    );
  });

  it('gives what Prettier gives, for all generic code there is', async () => {
    const catalog = await loadCatalog(join(import.meta.dirname, '../../../templates'));
    const { files } = await renderCatalog(catalog, {
      importExtension: '.js',
      testRunner: 'vitest',
      testDir: undefined,
      testSuffix: '.test.ts',
      style: CANONICAL_STYLE,
      out: '',
    });
    const scripts = files.filter(({ path }) => path.endsWith('.ts'));
    equal(scripts.length > 0, true);
    for (const { path, text } of scripts) {
      // Templates that are being written may not be canonical; check:rendered finds these.
      const canonical = await format(text, { filepath: path, singleQuote: true });
      equal(requote(canonical, 'double'), await format(text, { filepath: path }), path);
    }
  });
});

describe('applyStyle', () => {
  const to = (over: Partial<Style>, canonical = true) =>
    applyStyle(CANONICAL, 'a.ts', { ...CANONICAL_STYLE, ...over }, canonical);

  it('leaves canonical text alone where the style is canonical', async () => {
    const unformatted = 'const   a=1\n';
    equal(await applyStyle(unformatted, 'a.ts', CANONICAL_STYLE, true), unformatted);
    equal(await applyStyle(unformatted, 'a.ts', CANONICAL_STYLE, false), 'const a = 1;\n');
    equal(await to({}, false), CANONICAL);
  });

  it('changes only line ends where only these differ', async () => {
    equal(await to({ eol: '\r\n' }), CANONICAL.replaceAll('\n', '\r\n'));
  });

  it('writes each property of the style', async () => {
    const cases: [Partial<Style>, RegExp, RegExp][] = [
      [{ quotes: 'double' }, /from "\.\/a\.js"/, /from '/],
      [{ semicolons: false }, /from '\.\/a\.js'\n/, /;/],
      [{ indent: '\t' }, /^\tconst/m, /^ {2}/m],
      [{ indent: 4 }, /^ {4}const/m, /^ {2}const/m],
      [{ bracketSpacing: false }, /import \{a\}/, /\{ a \}/],
      [{ arrowParens: 'avoid' }, /\(x: number\) =>/, /$^/],
      [{ printWidth: 60, trailingCommas: 'all' }, /note: "it's",\n/, /$^/],
      [{ printWidth: 60, trailingCommas: 'none' }, /note: "it's"\n/, /"it's",/],
      [{ eol: '\r\n', quotes: 'double' }, /a\.js";\r\n/, /[^\r]\n/],
    ];
    for (const [over, wanted, unwanted] of cases) {
      const text = await to(over);
      equal(wanted.test(text), true, `${JSON.stringify(over)}\n${text}`);
      equal(unwanted.test(text), false, `${JSON.stringify(over)}\n${text}`);
    }
  });
});
