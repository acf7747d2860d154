import type { Draft } from './draft.ts';
import type { Node } from './source.ts';
import { lineContentEnd } from './trivia.ts';

/** Adds to a list in brackets that is not empty: on a line of its own where the others have one, with a trailing comma where they do. */
export function appendTo(
  { source: { text }, recorder }: Draft,
  list: Node,
  last: Node,
  added: string,
): void {
  const close = list.getEnd() - 1;
  const comma = /^(?:\s|\/\*[^]*?\*\/)*,/.exec(text.slice(last.getEnd(), close))?.[0].length ?? 0;
  const end = last.getEnd() + comma;
  const lineStart = text.lastIndexOf('\n', last.getStart()) + 1;
  const indent = text.slice(lineStart, last.getStart());
  if (lineStart <= list.getStart() || indent.trim() !== '') {
    recorder.insert(end, comma ? ` ${added},` : `, ${added}`);
    return;
  }
  if (!comma) recorder.insert(end, ',');
  recorder.insert(lineContentEnd(text, end), `\n${indent}${added}${comma ? ',' : ''}`);
}
