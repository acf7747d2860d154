import { detectStyle } from '../project/style.ts';
import type { ProjectProfile, Style } from '../project/types.ts';
import type { Source } from './source.ts';

/** Writes code in the style of one file. Lines end in `\n`; the recorder puts the file's own line end. */
export interface CodeStyle extends Style {
  /** One level of indent. */
  readonly tab: string;
  /** `;` or nothing. */
  readonly end: string;
  quote(text: string): string;
  /** `{ a, b }` on one line. */
  braces(inner: string): string;
  /** `(id)` or `id`, before `=>`. */
  arrowParameter(name: string): string;
}

/** The style of the file itself; where it does not show, that of the project. */
export function codeStyle(source: Source, profile: Pick<ProjectProfile, 'style'>): CodeStyle {
  const style = detectStyle(source.text, profile.style);
  return {
    ...style,
    tab: style.indent === '\t' ? '\t' : ' '.repeat(style.indent),
    end: style.semicolons ? ';' : '',
    quote: (text) => {
      const mark = style.quotes === 'single' ? "'" : '"';
      return (
        mark + text.replace(/[\\'"]/g, (c) => (c === '\\' || c === mark ? `\\${c}` : c)) + mark
      );
    },
    braces: (inner) => (style.bracketSpacing ? `{ ${inner} }` : `{${inner}}`),
    arrowParameter: (name) => (style.arrowParens === 'always' ? `(${name})` : name),
  };
}

/** Width of a line with four columns for a tab; where a project has it otherwise, planning has the result laid out (`plan/stay-formatted.ts`). */
export const width = (line: string): number => line.replace(/\t/g, '    ').length;

/** An argument: an expression, or an arrow function, which may be broken after its arrow. */
export type Argument = string | { readonly parameters: string; readonly body: string };

/** `head(argument)tail` on one line, or broken as Prettier does where that is too long. */
export function call(
  style: CodeStyle,
  indent: string,
  head: string,
  argument: Argument,
  tail: string,
): string {
  const isArrow = typeof argument === 'object';
  const text = isArrow ? `${argument.parameters} => ${argument.body}` : argument;
  const line = `${indent}${head}(${text})${tail}`;
  if (width(line) <= style.printWidth) return line;
  const comma = style.trailingCommas === 'all' ? ',' : '';
  const inner = indent + style.tab;
  const close = `${comma}\n${indent})${tail}`;
  if (isArrow && /^[\w.#]+\(/.test(argument.body)) {
    const first = `${indent}${head}(${argument.parameters} =>`;
    if (width(first) <= style.printWidth) return `${first}\n${inner}${argument.body}${close}`;
  }
  const fits = width(inner + text + comma) <= style.printWidth;
  const broken =
    isArrow && !fits ? `${argument.parameters} =>\n${inner}${style.tab}${argument.body}` : text;
  return `${indent}${head}(\n${inner}${broken}${close}`;
}

/** `head(a, b)tail`, each part on a line of its own where one line is too long. */
export function list(
  style: CodeStyle,
  indent: string,
  head: string,
  parts: readonly string[],
  tail: string,
): string {
  const line = `${indent}${head}(${parts.join(', ')})${tail}`;
  if (width(line) <= style.printWidth || parts.length === 0) return line;
  const comma = style.trailingCommas === 'all' ? ',' : '';
  const lines = parts.map((one) => `\n${indent}${style.tab}${one}`).join(',');
  return `${indent}${head}(${lines}${comma}\n${indent})${tail}`;
}

const TRIVIA = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/;

/**
 * `;` where the file uses it, and everywhere before a token that would be read as the continuation of an unterminated statement
 * (`foo\n(bar)` is a call).
 */
export const endBefore = (style: CodeStyle, following: string): string =>
  style.end ||
  (/^(?:[([`+\-/*<.,?]|(?:in|instanceof)\b)/.test(following.replace(TRIVIA, '')) ? ';' : '');
