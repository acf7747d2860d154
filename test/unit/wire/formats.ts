import fc from 'fast-check';
import type { Options } from 'prettier';
import { stayFormatted } from '../../../src/plan/stay-formatted.ts';
import type { Style } from '../../../src/project/types.ts';
import { applyEdits } from '../../../src/wire/recorder.ts';
import type { TextEdit } from '../../../src/wire/types.ts';

/** Styles in which a source may be formatted. */
export const formats = fc.record({
  singleQuote: fc.boolean(),
  semi: fc.boolean(),
  useTabs: fc.boolean(),
  tabWidth: fc.constantFrom(2, 4),
  trailingComma: fc.constantFrom<Style['trailingCommas']>('all', 'es5', 'none'),
  printWidth: fc.constantFrom(80, 100),
  bracketSpacing: fc.boolean(),
  arrowParens: fc.constantFrom<Style['arrowParens']>('always', 'avoid'),
  endOfLine: fc.constantFrom<'lf' | 'crlf'>('lf', 'crlf'),
});
export type Format = typeof formats extends fc.Arbitrary<infer T> ? T : never;

export const optionsOf = (format: Format): Options => ({
  ...format,
  parser: 'typescript',
  // Without a name Prettier writes `<T,>() => …` for the sake of TSX.
  filepath: 'src/a.ts',
});

/** The same as a project's style. */
export const styleOf = (format: Format): Style => ({
  quotes: format.singleQuote ? 'single' : 'double',
  semicolons: format.semi,
  indent: format.useTabs ? '\t' : format.tabWidth,
  tabWidth: format.tabWidth,
  eol: format.endOfLine === 'crlf' ? '\r\n' : '\n',
  trailingCommas: format.trailingComma,
  printWidth: format.printWidth,
  bracketSpacing: format.bracketSpacing,
  arrowParens: format.arrowParens,
});

/** What planning makes of what a recipe has left of a file. */
export async function laidOut(
  before: string,
  edits: readonly TextEdit[],
  format: Format,
): Promise<string> {
  const after = applyEdits(before, edits);
  const project = { formatter: 'prettier', style: styleOf(format) } as const;
  return applyEdits(after, await stayFormatted('src/a.ts', { before, after, edits }, project));
}
