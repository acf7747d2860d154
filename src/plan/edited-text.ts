import type { TextEdit } from '../wire/types.ts';

type Segment = { readonly start: number; readonly end: number } | { readonly text: string };

/**
 * A text that several steps edit one after the other, each on what the step before left,
 * and that tells in the end what changed against the original.
 */
export class EditedText {
  readonly original: string;
  #segments: readonly Segment[];

  constructor(original: string) {
    this.original = original;
    this.#segments = [{ start: 0, end: original.length }];
  }

  /** The text as it is now. */
  get text(): string {
    return this.#segments.map((segment) => this.#textOf(segment)).join('');
  }

  /** Applies edits whose offsets are into `text`; they may not overlap. Edits at one offset keep their order. */
  apply(edits: readonly TextEdit[]): void {
    const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const length = this.#segments.reduce((sum, segment) => sum + lengthOf(segment), 0);
    let at = 0;
    const next: Segment[] = [];
    for (const edit of ordered) {
      if (edit.start < at || edit.end < edit.start || edit.end > length) {
        throw new RangeError(
          `edit [${edit.start}, ${edit.end}) overlaps another or leaves the text`,
        );
      }
      next.push(...this.#slice(at, edit.start), { text: edit.text });
      at = edit.end;
    }
    next.push(...this.#slice(at, length));
    this.#segments = next.filter((segment) => lengthOf(segment) > 0);
  }

  /** What changed, as the fewest edits against the original, ascending. */
  get edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let at = 0;
    let text = '';
    const flush = (end: number): void => {
      const edit = trimmed(this.original, { start: at, end, text });
      if (edit.start !== edit.end || edit.text !== '') edits.push(edit);
      text = '';
    };
    for (const segment of this.#segments) {
      if ('text' in segment) {
        text += segment.text;
      } else {
        flush(segment.start);
        at = segment.end;
      }
    }
    flush(this.original.length);
    return edits;
  }

  #textOf(segment: Segment): string {
    return 'text' in segment ? segment.text : this.original.slice(segment.start, segment.end);
  }

  /** The segments of `[start, end)` of the present text. */
  #slice(start: number, end: number): readonly Segment[] {
    let at = 0;
    return this.#segments.flatMap((segment): readonly Segment[] => {
      const offset = at;
      const length = lengthOf(segment);
      at += length;
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, length);
      if (from >= to) return [];
      return 'text' in segment
        ? [{ text: segment.text.slice(from, to) }]
        : [{ start: segment.start + from, end: segment.start + to }];
    });
  }
}

function lengthOf(segment: Segment): number {
  return 'text' in segment ? segment.text.length : segment.end - segment.start;
}

/** Takes off what the replaced and the new text have in common at their ends, never half a surrogate pair or CRLF. */
function trimmed(original: string, edit: TextEdit): TextEdit {
  const old = original.slice(edit.start, edit.end);
  const most = Math.min(old.length, edit.text.length);
  let head = 0;
  while (head < most && old[head] === edit.text[head]) head++;
  if (splits(old, head) || splits(edit.text, head)) head--;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === edit.text.at(-1 - tail)) tail++;
  if (splits(old, old.length - tail) || splits(edit.text, edit.text.length - tail)) tail--;
  return {
    start: edit.start + head,
    end: edit.end - tail,
    text: edit.text.slice(head, edit.text.length - tail),
  };
}

function splits(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const pair = text.slice(at - 1, at + 1);
  return pair === '\r\n' || /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair);
}
