import { diffLines } from 'diff';
import type { TextEdit } from '../wire/types.ts';
import { EditedText } from './edited-text.ts';
import type { PlannedFile } from './types.ts';

/** The edit that makes a file read `after`, line by line, so that what stays the same is not touched; `same` when it does already. */
export function lineEdit(path: string, before: string, after: string): PlannedFile {
  if (before === after) return { action: 'same', path, text: before };
  const edited = new EditedText(before);
  edited.apply(lineEdits(before, after));
  return { action: 'edit', path, before, after, edits: edited.edits };
}

/** The lines that differ, as edits of `before`. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let pending: TextEdit | undefined;
  for (const { value, added, removed } of diffLines(before, after)) {
    if (added) {
      pending = { start: at, end: at, ...pending, text: (pending?.text ?? '') + value };
    } else if (removed) {
      pending = { start: pending?.start ?? at, end: at + value.length, text: pending?.text ?? '' };
      at += value.length;
    } else {
      if (pending) edits.push(pending);
      pending = undefined;
      at += value.length;
    }
  }
  return pending ? [...edits, pending] : edits;
}
