import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DEFAULT_STYLE, detectStyle } from '../../../src/project/style.ts';
import type { Style } from '../../../src/project/types.ts';

const fallback: Style = DEFAULT_STYLE;
const opposite: Style = {
  quotes: 'double',
  semicolons: false,
  indent: '\t',
  eol: '\r\n',
  trailingCommas: 'none',
  printWidth: 100,
  bracketSpacing: false,
  arrowParens: 'avoid',
};

describe('style of a source text', () => {
  it('is the fallback where the text shows nothing', () => {
    deepEqual(detectStyle('', opposite), opposite);
    deepEqual(detectStyle('', fallback), fallback);
  });

  it('is found whatever the fallback', () => {
    const text = [
      "import { a } from 'a';",
      'export const b = {',
      '  list: [',
      '    1,',
      '    2,',
      '  ],',
      '  call: a(',
      '    1,',
      '    2,',
      '  ),',
      '};',
      'export const c = (x) => x;',
      '',
    ].join('\n');
    deepEqual(detectStyle(text, opposite), { ...fallback, printWidth: 100 });
  });

  it('is found in the opposite style', () => {
    const text = [
      'import {a} from "a"',
      'export const b = {',
      '\tlist: [',
      '\t\t1,',
      '\t\t2',
      '\t],',
      '\tcall: a(',
      '\t\t1,',
      '\t\t2',
      '\t)',
      '}',
      'export const c = x => x',
      '',
    ].join('\r\n');
    deepEqual(detectStyle(text, fallback), { ...opposite, printWidth: 80 });
  });

  it('is not taken from comments, strings and templates', () => {
    const text = `
/* "a" "b" "c"
\tif (x) {
\t\tdoit()
\t}
*/
// say "this" and "that"
const sql = \`
\tSELECT "a", "b" FROM "c" WHERE (
\t\tx = 1
\t)
\`;
const regex = /"['"]{
/;
function f() {
    return 'x';
}
`;
    const style = detectStyle(text, fallback);
    equal(style.indent, 4);
    equal(style.quotes, 'single');
    equal(style.semicolons, true);
  });

  it('reads code inside a template substitution', () => {
    const text = 'const a = `${f({\n    x: "1",\n    y: "2",\n})}`\nconst b = 2\n';
    const style = detectStyle(text, fallback);
    equal(style.quotes, 'double');
    equal(style.indent, 4);
    equal(style.semicolons, false);
  });

  it('counts a string by its own quote only when it does not hold the other one', () => {
    equal(detectStyle(`a("it's"); b("don't"); c('x');`, fallback).quotes, 'single');
  });

  it('does not take a decorator or a condition for a statement without semicolon', () => {
    const text = `
@Injectable()
export class A {
  constructor(private readonly b: B) {}
  @Get()
  async c() {
    if (this.b)
      return 1;
    for (const x of y)
      await x;
  }
}
`;
    equal(detectStyle(text, fallback).semicolons, true);
  });

  it('tells no semicolons by statements that follow each other', () => {
    const text = "import a from 'a'\nimport b from 'b'\n\nconst c = a(b)\nexport default c\n";
    equal(detectStyle(text, fallback).semicolons, false);
  });

  it('tells `es5` from `all` by multi-line arguments', () => {
    const lists = 'const a = [\n  1,\n  2,\n];\n';
    const call = 'f(\n  1,\n  2\n);\n';
    equal(detectStyle(lists + call, fallback).trailingCommas, 'es5');
    equal(detectStyle(lists, { ...fallback, trailingCommas: 'none' }).trailingCommas, 'es5');
    equal(detectStyle(lists, fallback).trailingCommas, 'all');
  });

  it('does not take a block for a list', () => {
    const text = 'function f() {\n  g(1, 2);\n  h();\n}\nif (a) {\n  b();\n}\n';
    equal(detectStyle(text, fallback).trailingCommas, 'all');
  });

  it('learns nothing about commas from a rest parameter, after which none may stand', () => {
    const text = 'function f(\n  one: string,\n  ...more: string[]\n): void {}\n';
    equal(detectStyle(text, { ...fallback, trailingCommas: 'all' }).trailingCommas, 'all');
    equal(detectStyle(`${text}f(\n  one,\n  two\n);\n`, fallback).trailingCommas === 'all', false);
  });

  it('ignores the return type of an arrow function and function types', () => {
    const text = 'const f = (a: A): B => g;\nlet h: (x: X) => Y;\n';
    equal(detectStyle(text, { ...fallback, arrowParens: 'avoid' }).arrowParens, 'avoid');
  });

  it('raises the print width only on several long lines of code', () => {
    const long = `const value = ${'a + '.repeat(20)}b;\n`;
    equal(detectStyle(long, fallback).printWidth, 80);
    equal(detectStyle(long.repeat(3), fallback).printWidth, 100);
    equal(detectStyle(`const s = '${'x'.repeat(150)}';\n`.repeat(5), fallback).printWidth, 80);
  });

  it('survives code that does not parse', () => {
    const text = 'function ( { [ `${ "\n)))]]}}} export const\n';
    equal(typeof detectStyle(text, fallback).semicolons, 'boolean');
  });
});
