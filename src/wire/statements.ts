import type { Draft } from './draft.ts';
import { codeEnd, indentAt, startWithComments, type Statement } from './source.ts';
import { lineContentEnd } from './trivia.ts';

/** Puts lines above a statement and the comments that belong to it. */
export function insertBefore(
  { source, recorder }: Draft,
  statement: Statement,
  ...lines: readonly string[]
): void {
  const at = startWithComments(source, statement);
  const indent = indentAt(source, at);
  const text = lines.map((line) => `${line}\n${indent}`).join('');
  recorder.insert(at, text.replace(/\n[ \t]+(?=\n)/g, '\n'));
}

/** Puts lines below a statement; `''` is an empty line. */
export function insertAfter(
  { source, recorder }: Draft,
  statement: Statement,
  ...lines: readonly string[]
): void {
  const indent = indentAt(source, statement.getStart());
  const at = lineContentEnd(source.text, codeEnd(statement));
  recorder.insert(at, lines.map((line) => (line === '' ? '\n' : `\n${indent}${line}`)).join(''));
}
