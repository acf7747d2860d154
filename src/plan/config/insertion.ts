import { isDeepStrictEqual } from 'node:util';
import type { TextEdit, WiringNote } from '../../wire/types.ts';

/** What becomes of one entry in a file of the project's configuration. */
export type Insertion =
  | { readonly status: 'wired'; readonly edit: TextEdit; readonly notes?: readonly WiringNote[] }
  /** It stands there, or something that serves as well. */
  | { readonly status: 'already' }
  | {
      readonly status: 'manual';
      readonly reason: string;
      readonly snippet: string;
      /** 1-based. */
      readonly line: number;
    };

export function eolOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Puts whole lines behind `at`, the end of a line without its line break or the end of the text. */
export function linesBehind(text: string, at: number, lines: readonly string[]): TextEdit {
  const eol = eolOf(text);
  const body = lines.join(eol);
  const next = text.startsWith('\r\n', at) ? at + 2 : text[at] === '\n' ? at + 1 : undefined;
  if (next !== undefined) return { start: next, end: next, text: `${body}${eol}` };
  const isFresh = at === 0 || text[at - 1] === '\n';
  return { start: at, end: at, text: isFresh ? `${body}${eol}` : `${eol}${body}` };
}

/** The inserted text as the receipt keeps it: whatever the line ends of a checkout. */
export function recordedText({ text }: TextEdit): string {
  return text.replaceAll('\r\n', '\n');
}

/** The edit that takes out again what was inserted; undefined where it does not stand there, as whole lines, as it was written. */
export function takenOut(text: string, recorded: string): TextEdit | undefined {
  const wanted = eolOf(text) === '\n' ? recorded : recorded.replaceAll('\n', '\r\n');
  for (let start = text.indexOf(wanted); start !== -1; start = text.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    const begins = /^\r?\n/.test(wanted) || start === 0 || text[start - 1] === '\n';
    const ends = wanted.endsWith('\n') || end === text.length || /^\r?\n/.test(text.slice(end));
    if (begins && ends) return { start, end, text: '' };
  }
  return undefined;
}

/** The same values, where `null` and nothing are the same as empty. */
export function sameEntries(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a ?? {}, b ?? {});
}
