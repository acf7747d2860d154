import { diffIndices } from 'node-diff3';
import type { MergeConflict } from '../types.ts';
import { blocksOf, linesOf } from './merge.ts';

/** The texts that a merge by hand goes through. */
export interface MergeByHand {
  readonly conflict: Pick<MergeConflict, 'base' | 'current' | 'incoming'>;
  /** With both sides of every conflict between git's markers, as planned. */
  readonly marked: string;
  /** What the merge editor has begun with: of a conflict neither side, but the lines as they were before both. */
  readonly begun: string;
  /** What was saved in the end. */
  readonly saved: string;
}

/** Lines of one text, from `start` up to and without `end`. */
interface Lines {
  readonly start: number;
  readonly end: number;
}

/** The same place in two texts. */
interface Hunk {
  readonly from: Lines;
  readonly to: Lines;
}

/**
 * What was saved, with the markers and both sides again wherever the saved text still says what the merge editor has begun with: there,
 * nobody has decided, and without the markers the user's own lines would be gone. What was decided stays as it was decided.
 */
export function withOpenConflicts({ conflict, marked, begun, saved }: MergeByHand): {
  readonly text: string;
  /** Conflicts that are still to be decided. */
  readonly open: number;
} {
  const from = linesOf(begun);
  const to = linesOf(marked);
  const typed = hunksOf(from, linesOf(saved));
  const open = (plannedConflicts(conflict, from) ?? foundConflicts(from, to)).filter(
    (each) => !typed.some((hunk) => touches(hunk.from, each.from)),
  );
  if (open.length === 0) return { text: saved, open: 0 };
  const lines = linesOf(saved);
  for (const each of open.toReversed()) {
    const start = each.from.start + shiftBefore(each.from.start, typed);
    lines.splice(start, each.from.end - each.from.start, ...to.slice(each.to.start, each.to.end));
  }
  return { text: lines.join(saved.includes('\r\n') ? '\r\n' : '\n'), open: open.length };
}

/** The conflicts from the lines that the merge editor begins with to the marked ones; undefined where it has merged otherwise than we have. */
function plannedConflicts(
  { base, current, incoming }: MergeByHand['conflict'],
  begun: readonly string[],
): readonly Hunk[] | undefined {
  const conflicts: Hunk[] = [];
  const lines: string[] = [];
  let marked = 0;
  for (const { ok = [], conflict } of blocksOf(base, current, incoming)) {
    const before: readonly string[] = conflict?.o ?? ok;
    const length: number = conflict ? conflict.a.length + conflict.b.length + 3 : ok.length;
    if (conflict) {
      conflicts.push({
        from: { start: lines.length, end: lines.length + before.length },
        to: { start: marked, end: marked + length },
      });
    }
    lines.push(...before);
    marked += length;
  }
  const asPlanned =
    lines.length === begun.length && lines.every((line, index) => line === begun[index]);
  return asPlanned ? conflicts : undefined;
}

/** The same by what the two texts have in common outside of the markers. */
function foundConflicts(begun: string[], marked: string[]): readonly Hunk[] {
  const inside = markedLines(marked);
  // What stands between markers is like nothing else, or a line that all sides have would take a conflict apart.
  const hunks = hunksOf(
    begun,
    marked.map((line, index) => (inside.has(index) ? `\0${index}` : line)),
  );
  return hunks.filter(({ to }) => inside.has(to.start) || inside.has(to.end - 1));
}

/** Indices of the markers and of what stands between them. */
function markedLines(lines: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let within = false;
  for (const [index, line] of lines.entries()) {
    within ||= line.startsWith('<<<<<<< ');
    if (within) inside.add(index);
    if (line.startsWith('>>>>>>> ')) within = false;
  }
  return inside;
}

/** Typing beside a conflict decides nothing of it; where nothing stood before both sides, only what is put in between does. */
function touches(typed: Lines, conflict: Lines): boolean {
  if (typed.start === typed.end || conflict.start === conflict.end) {
    return conflict.start === conflict.end
      ? typed.start === conflict.start && typed.end === conflict.end
      : conflict.start < typed.start && typed.start < conflict.end;
  }
  return typed.start < conflict.end && conflict.start < typed.end;
}

/** By how many lines the typing above has moved a line. */
function shiftBefore(line: number, typed: readonly Hunk[]): number {
  return typed
    .filter(({ from }) => from.end <= line)
    .reduce((sum, { from, to }) => sum + (to.end - to.start) - (from.end - from.start), 0);
}

function hunksOf(from: string[], to: string[]): readonly Hunk[] {
  return diffIndices(from, to).map(({ buffer1, buffer2 }) => ({
    from: { start: buffer1[0], end: buffer1[0] + buffer1[1] },
    to: { start: buffer2[0], end: buffer2[0] + buffer2[1] },
  }));
}
