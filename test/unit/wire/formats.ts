import fc from 'fast-check';
import type { Options } from 'prettier';
import type { Style } from '../../../src/project/types.ts';

/** Styles in which a source may be formatted. */
export const formats = fc
  .record({
    singleQuote: fc.boolean(),
    semi: fc.boolean(),
    useTabs: fc.boolean(),
    tabWidth: fc.constantFrom(2, 4),
    trailingComma: fc.constantFrom<Style['trailingCommas']>('all', 'es5', 'none'),
    printWidth: fc.constantFrom(80, 100),
    bracketSpacing: fc.boolean(),
    arrowParens: fc.constantFrom<Style['arrowParens']>('always', 'avoid'),
    endOfLine: fc.constantFrom<'lf' | 'crlf'>('lf', 'crlf'),
  })
  // A file does not show how wide its tabs are.
  .map((style) => (style.useTabs ? { ...style, tabWidth: 4 } : style));
export type Format = typeof formats extends fc.Arbitrary<infer T> ? T : never;

export const optionsOf = (format: Format): Options => ({ ...format, parser: 'typescript' });

/** The same as a project's style. */
export const styleOf = (format: Format): Style => ({
  quotes: format.singleQuote ? 'single' : 'double',
  semicolons: format.semi,
  indent: format.useTabs ? '\t' : format.tabWidth,
  eol: format.endOfLine === 'crlf' ? '\r\n' : '\n',
  trailingCommas: format.trailingComma,
  printWidth: format.printWidth,
  bracketSpacing: format.bracketSpacing,
  arrowParens: format.arrowParens,
});
