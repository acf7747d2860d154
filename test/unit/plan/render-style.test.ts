import { equal } from 'node:assert/strict';
import { applyStyle, CANONICAL_STYLE } from '../../../src/plan/style.ts';
import type { Style } from '../../../src/project/types.ts';

const CANONICAL = `import { a } from './a.js';

/** Doc. */
export const pick = async (list: readonly string[]) => {
  const [first] = list;
  return { first, call: (x: number) => a(x), long: [1, 2], note: "it's" };
};
`;

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
