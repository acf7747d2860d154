import { equal, deepEqual, ok, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { EditedText } from '../../../src/plan/edited-text.ts';
import type { TextEdit } from '../../../src/wire/types.ts';

function apply(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toReversed()
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

/** Edits of a text of that length that do not overlap, in any order. */
function editsOf(length: number): fc.Arbitrary<TextEdit[]> {
  return fc
    .uniqueArray(fc.nat(length), { maxLength: 6 })
    .chain((points) => {
      const sorted = points.toSorted((a, b) => a - b);
      const spans = Array.from(
        { length: Math.floor(sorted.length / 2) },
        (_, i) => [sorted[2 * i]!, sorted[2 * i + 1]!] as const,
      );
      return fc.tuple(
        ...spans.map(([start, end]) =>
          fc.record({
            start: fc.constant(start),
            end: fc.constantFrom(start, end),
            text: fc.string({ maxLength: 5 }),
          }),
        ),
      );
    })
    .chain((edits) => fc.shuffledSubarray(edits, { minLength: edits.length }));
}

describe('a text that is edited in steps', () => {
  it('reads as if each step had been applied to what the one before left, and tells all as edits of the original', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        fc.nat(4),
        (original, stream, steps) => {
          const edited = new EditedText(original);
          let expected = original;
          for (let step = 0; step < steps; step++) {
            const seed = stream.next().value as number;
            const edits = fc.sample(editsOf(expected.length), { numRuns: 1, seed })[0]!;
            expected = apply(
              expected,
              edits.toSorted((a, b) => a.start - b.start || a.end - b.end),
            );
            edited.apply(edits);
          }
          equal(edited.text, expected);
          equal(apply(original, edited.edits), expected);
          const { edits } = edited;
          edits.forEach(({ start, end, text }, at) => {
            ok(at === 0 || edits[at - 1]!.end <= start);
            ok(start !== end || text !== '');
          });
        },
      ),
    );
  });

  it('touches no more than it must, and never half a line end or half a character', () => {
    const cases: [string, string, TextEdit[]][] = [
      ['a b c', 'a b c', []],
      ['a b c', 'a x c', [{ start: 2, end: 3, text: 'x' }]],
      ['a\r\nb', 'a\nb', [{ start: 1, end: 3, text: '\n' }]],
      ['a\nb', 'a\r\nb', [{ start: 1, end: 2, text: '\r\n' }]],
      ['\u{1F600}', '\u{1F601}', [{ start: 0, end: 2, text: '\u{1F601}' }]],
    ];
    for (const [before, after, edits] of cases) {
      const edited = new EditedText(before);
      edited.apply([{ start: 0, end: before.length, text: after }]);
      deepEqual(edited.edits, edits);
    }
  });

  it('refuses edits that overlap or leave the text', () => {
    const edited = new EditedText('abc');
    const bad: TextEdit[][] = [
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
      [{ start: 2, end: 1, text: '' }],
      [{ start: 0, end: 4, text: '' }],
      [{ start: -1, end: 0, text: '' }],
    ];
    for (const edits of bad) throws(() => edited.apply(edits), RangeError);
    equal(edited.text, 'abc');
  });
});
