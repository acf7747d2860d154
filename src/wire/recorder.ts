import { bomLength } from './source.ts';
import type { SourceText, TextEdit } from './types.ts';

/** The file is no longer what the edits were computed on. */
export class StaleContentError extends Error {
  override readonly name = 'StaleContentError';
  constructor(path: string) {
    super(`${path} changed after its edits were computed; nothing was applied, plan again`);
  }
}

/** Two edits claim the same characters: a defect of the recipe that recorded them. */
export class OverlapError extends Error {
  override readonly name = 'OverlapError';
  constructor(path: string, first: TextEdit, second: TextEdit) {
    super(
      `edits of ${path} overlap: [${first.start}, ${first.end}) and [${second.start}, ${second.end})`,
    );
  }
}

/**
 * Collects the edits of one file. Positions are those of the parsed text (`Source.text`, no byte order mark); `edits()` gives them for the
 * text as it stands in the file. Inserted lines get the file's own line end. Knows nothing of TypeScript.
 */
export class EditRecorder {
  readonly #file: SourceText;
  readonly #shift: number;
  readonly #eol: '\n' | '\r\n';
  readonly #recorded: TextEdit[] = [];

  constructor(file: SourceText, eol: '\n' | '\r\n') {
    this.#file = file;
    this.#shift = bomLength(file.text);
    this.#eol = eol;
  }

  /** What was inserted at a position earlier comes first. */
  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  replace(start: number, end: number, text: string): void {
    const edit = { start: start + this.#shift, end: end + this.#shift, text: this.#withEol(text) };
    if (start < 0 || end < start || edit.end > this.#file.text.length) {
      throw new RangeError(
        `edit [${start}, ${end}) of ${this.#file.path} is outside of its ${this.#file.text.length} characters`,
      );
    }
    const clash = this.#recorded.find((other) => overlaps(edit, other));
    if (clash) throw new OverlapError(this.#file.path, clash, edit);
    this.#recorded.push(edit);
  }

  /** Sorted, at most one edit at each position. */
  edits(): readonly TextEdit[] {
    const sorted = this.#recorded
      .map((edit, order) => ({ edit, order }))
      // An insertion goes before the replacement that starts where it stands.
      .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
    const merged: TextEdit[] = [];
    for (const { edit } of sorted) {
      const last = merged.at(-1);
      if (last?.start === edit.start) {
        merged[merged.length - 1] = { ...edit, text: last.text + edit.text };
      } else merged.push(edit);
    }
    return merged.filter(({ start, end, text }) => text !== this.#file.text.slice(start, end));
  }

  /** @throws {StaleContentError} when `current` is not the text that was parsed. */
  apply(current: string): string {
    if (current !== this.#file.text) throw new StaleContentError(this.#file.path);
    return applyEdits(current, this.edits());
  }

  #withEol(text: string): string {
    return text.replace(/\r?\n/g, this.#eol);
  }
}

/** Two insertions at one position do not overlap, nor does an insertion at either end of a replacement. */
const overlaps = (a: TextEdit, b: TextEdit): boolean =>
  a.start === a.end || b.start === b.end
    ? (a.start > b.start && a.start < b.end) || (b.start > a.start && b.start < a.end)
    : a.start < b.end && b.start < a.end;

/** Applies edits that are sorted and do not overlap, in one pass. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: inserted } of edits) {
    if (start < at) throw new RangeError(`edits are not sorted at ${start}`);
    parts.push(text.slice(at, start), inserted);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** The edits that turn `applyEdits(text, edits)` back into `text`. */
export function inverse(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map(({ start, end, text: inserted }) => {
    const from = start + shift;
    shift += inserted.length - (end - start);
    return { start: from, end: from + inserted.length, text: text.slice(start, end) };
  });
}
