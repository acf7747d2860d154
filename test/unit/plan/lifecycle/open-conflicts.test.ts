import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blocksOf, merge3 } from '../../../../src/plan/lifecycle/merge.ts';
import { withOpenConflicts } from '../../../../src/plan/lifecycle/open-conflicts.ts';

const SIDES = { current: 'yours', incoming: 'cache-aside 0.2.0' };
const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

const base = text('one', 'two', 'three', 'four', 'five');
const current = text('one', 'my two', 'three', 'my four', 'five');
const incoming = text('ONE', 'new two', 'three', 'new four', 'five');
const conflict = { base, current, incoming };
const marked = merge3(base, current, incoming, SIDES).text;
const begun = text('one', 'two', 'three', 'four', 'five');

describe('conflicts that a saved merge has left open', () => {
  it('all come back where the merge was saved as it began', () => {
    equal(begin(conflict), begun);
    deepEqual(withOpenConflicts({ conflict, marked, begun, saved: begun }), {
      text: marked,
      open: 2,
    });
  });

  it('come back one by one: what was decided stays decided', () => {
    const saved = begun.replace('four', 'my four and new four');
    const { text: found, open } = withOpenConflicts({ conflict, marked, begun, saved });
    equal(open, 1);
    ok(found.startsWith('<<<<<<< yours\none\nmy two\n=======\nONE\nnew two\n>>>>>>> '), found);
    ok(found.endsWith('\nthree\nmy four and new four\nfive\n'), found);
  });

  it('do not count as decided by what was typed beside them', () => {
    const saved = begun
      .replace('three', 'three, edited\nand one more')
      .replace('one\n', 'typed above\none\n');
    const { text: found, open } = withOpenConflicts({ conflict, marked, begun, saved });
    equal(open, 2);
    equal(found, `typed above\n${marked.replace('three', 'three, edited\nand one more')}`);
  });

  it('keep the line ends of what was saved', () => {
    const saved = begun.replaceAll('\n', '\r\n');
    const { text: found } = withOpenConflicts({ conflict, marked, begun, saved });
    equal(found, marked.replaceAll('\n', '\r\n'));
  });

  it('are found where the merge editor has merged otherwise', () => {
    // As an editor does that takes the first line for a change of its own.
    const otherwise = begun.replace('one', 'ONE');
    const { text: found, open } = withOpenConflicts({
      conflict,
      marked,
      begun: otherwise,
      saved: otherwise,
    });
    equal(open, 2);
    equal(found, marked);
  });

  it('all come back whatever the texts are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', '', '}', 'c'), { maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, lines, (before, mine, theirs) => {
        const merge = merging(before, mine, theirs);
        deepEqual(withOpenConflicts({ ...merge, saved: merge.begun }), {
          text: merge.marked,
          open: merge.regions,
        });
      }),
      { seed: 20_260_101, numRuns: 2_000 },
    );
  });

  it('come back exactly where nothing was decided, in any file without repeated lines', () => {
    const change = fc.constantFrom('keep', 'drop', 'change', 'add');
    const changes = fc.array(change, { minLength: 8, maxLength: 8 });
    const choices = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(changes, changes, choices, (mine, theirs, decided) => {
        const before = mine.map((_, index) => `line ${index}`);
        const merge = merging(
          before,
          changed(before, mine, 'mine'),
          changed(before, theirs, 'new'),
        );
        const { base, current, incoming } = merge.conflict;
        let count = 0;
        const saved = blocksOf(base, current, incoming).flatMap(({ ok: same, conflict: both }) =>
          both && decided[count++] ? [`decided ${count}`] : ((both?.o ?? same) as string[]),
        );
        const undecided = decided.slice(0, count).filter((it) => !it).length;
        const found = withOpenConflicts({ ...merge, saved: saved.join('\n') });
        equal(found.open, undecided);
        equal(found.text.match(/^<<<<<<< /gm)?.length ?? 0, undecided);
        equal(found.text.match(/^decided/gm)?.length ?? 0, count - undecided);
      }),
      { seed: 20_260_101, numRuns: 2_000 },
    );
  });
});

/** What the merge editor begins with: of each conflict the lines as they were before both. */
function begin(sides: {
  readonly base: string;
  readonly current: string;
  readonly incoming: string;
}): string {
  return blocksOf(sides.base, sides.current, sides.incoming)
    .flatMap(({ ok: same, conflict: both }): string[] => both?.o ?? same ?? [])
    .join('\n');
}

function merging(before: readonly string[], mine: readonly string[], theirs: readonly string[]) {
  const sides = { base: text(...before), current: text(...mine), incoming: text(...theirs) };
  const { text: marks, regions } = merge3(sides.base, sides.current, sides.incoming, SIDES);
  return { conflict: sides, marked: marks, regions, begun: begin(sides) };
}

function changed(lines: readonly string[], how: readonly string[], by: string): readonly string[] {
  return lines.flatMap((line, index) => {
    if (how[index] === 'drop') return [];
    if (how[index] === 'change') return [`${by} ${index}`];
    return how[index] === 'add' ? [line, `${by} after ${index}`] : [line];
  });
}
