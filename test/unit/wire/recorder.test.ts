import { deepEqual, equal, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  EditRecorder,
  OverlapError,
  StaleContentError,
  applyEdits,
  inverse,
} from '../../../src/wire/recorder.ts';
import type { TextEdit } from '../../../src/wire/types.ts';

const file = (text: string) => ({ path: 'src/a.ts', text });

/** A text with edits on it that do not overlap, in any order. */
const edited = fc
  .tuple(
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '😀'), maxLength: 60 }),
    fc.boolean(),
  )
  .chain(([body, bom]) => {
    const text = (bom ? '\uFEFF' : '') + body;
    const cuts = fc.uniqueArray(fc.nat({ max: body.length }), { maxLength: 12 });
    const inserted = fc.array(fc.string({ unit: fc.constantFrom('x', 'y', '\n'), maxLength: 4 }), {
      minLength: 6,
      maxLength: 6,
    });
    return fc.tuple(cuts, inserted, fc.infiniteStream(fc.nat())).map(([points, texts, order]) => {
      const sorted = points.toSorted((a, b) => a - b);
      const edits: { start: number; end: number; text: string; key: number }[] = [];
      for (let at = 0; at + 1 < sorted.length; at += 2) {
        const [start = 0, end = 0] = sorted.slice(at, at + 2);
        edits.push({ start, end, text: texts[at / 2] ?? '', key: order.next().value ?? 0 });
      }
      return { text, bom, edits: edits.toSorted((a, b) => a.key - b.key) };
    });
  });

const record = (
  text: string,
  edits: readonly { start: number; end: number; text: string }[],
): EditRecorder => {
  const recorder = new EditRecorder(file(text), '\n');
  for (const edit of edits) recorder.replace(edit.start, edit.end, edit.text);
  return recorder;
};

/** The text outside of the edits, cut into what lies between them. */
function outside(text: string, edits: readonly TextEdit[]): readonly string[] {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of edits) {
    parts.push(text.slice(at, start));
    at = end;
  }
  return [...parts, text.slice(at)];
}

describe('edit recorder', () => {
  it('changes no byte outside of the edits, whatever their order', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const recorded = record(text, edits).edits();
        const after = applyEdits(text, recorded);
        const back = inverse(text, recorded);
        deepEqual(outside(after, back), outside(text, recorded));
      }),
    );
  });

  it('has an inverse that restores the text byte for byte', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const recorded = record(text, edits).edits();
        const after = applyEdits(text, recorded);
        equal(applyEdits(after, inverse(text, recorded)), text);
      }),
    );
  });

  it('inverts the inverse', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const recorded = record(text, edits).edits();
        const after = applyEdits(text, recorded);
        deepEqual(inverse(after, inverse(text, recorded)), recorded);
      }),
    );
  });

  it('keeps a byte order mark in front', () => {
    const recorder = new EditRecorder(file('\uFEFFconst a = 1;'), '\n');
    recorder.insert(0, 'const b = 2;\n');
    equal(recorder.apply('\uFEFFconst a = 1;'), '\uFEFFconst b = 2;\nconst a = 1;');
  });

  it("gives inserted lines the file's line end", () => {
    const recorder = new EditRecorder(file('a\r\nb'), '\r\n');
    recorder.insert(1, '\nx\r\ny');
    equal(recorder.apply('a\r\nb'), 'a\r\nx\r\ny\r\nb');
  });

  it('keeps insertions at one place in their order, before a replacement that starts there', () => {
    const recorder = new EditRecorder(file('abc'), '\n');
    recorder.replace(1, 2, 'R');
    recorder.insert(1, '1');
    recorder.insert(1, '2');
    recorder.insert(2, '3');
    equal(recorder.apply('abc'), 'a12R3c');
    deepEqual(recorder.edits(), [
      { start: 1, end: 2, text: '12R' },
      { start: 2, end: 2, text: '3' },
    ]);
  });

  it('drops an edit that changes nothing', () => {
    const recorder = new EditRecorder(file('abc'), '\n');
    recorder.replace(0, 1, 'a');
    deepEqual(recorder.edits(), []);
  });

  it('refuses edits that overlap', () => {
    const cases = [
      [0, 2, 1, 3],
      [1, 3, 0, 2],
      [0, 3, 1, 2],
      [0, 3, 1, 1],
      [1, 1, 0, 3],
      [1, 2, 1, 2],
    ] as const;
    for (const [start, end, otherStart, otherEnd] of cases) {
      const recorder = new EditRecorder(file('abcd'), '\n');
      recorder.replace(start, end, 'x');
      throws(() => recorder.replace(otherStart, otherEnd, 'y'), OverlapError);
    }
  });

  it('refuses positions outside of the file', () => {
    const recorder = new EditRecorder(file('abc'), '\n');
    for (const [start, end] of [
      [-1, 0],
      [2, 1],
      [3, 4],
    ] as const) {
      throws(() => recorder.replace(start, end, 'x'), RangeError);
    }
  });

  it('refuses a file that has changed meanwhile', () => {
    const recorder = new EditRecorder(file('abc'), '\n');
    recorder.insert(0, 'x');
    throws(() => recorder.apply('abcd'), StaleContentError);
  });
});
