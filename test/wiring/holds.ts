import { equal, ok } from 'node:assert/strict';
import { applyEdits, inverse } from '../../src/wire/recorder.ts';
import { parse, syntaxProblems } from '../../src/wire/source.ts';
import type {
  Recipe,
  SourceText,
  TextEdit,
  WireContext,
  WiringOutcome,
} from '../../src/wire/types.ts';

/** A pattern that says nothing valid for this place: there is no code that the recipe could name. */
const NOTHING_TO_PASTE = /^(?:the recipe's param|the pattern has no middleware for) /;

/** What every recipe owes to every file. @throws AssertionError that names what does not hold. */
export function holds(
  recipe: Recipe,
  file: SourceText,
  symbol: string | undefined,
  context: WireContext,
): WiringOutcome['status'] {
  const { path, text } = file;
  const outcome = recipe.wire({ file, symbol }, context);
  equal(outcome.file, path);
  if (outcome.status === 'already') return outcome.status;
  if (outcome.status === 'manual') {
    const hasNone = NOTHING_TO_PASTE.test(outcome.reason);
    ok(hasNone || outcome.snippet.trim() !== '', `manual without a snippet: ${outcome.reason}`);
    const lines = text.split('\n').length;
    ok(outcome.line >= 1 && outcome.line <= lines, `line ${outcome.line} of ${lines}`);
    ok(!('edits' in outcome), 'manual with edits');
    return outcome.status;
  }
  equal(outcome.status, 'wired');
  inOrder(text, outcome.edits);
  const after = applyEdits(text, outcome.edits);
  equal(applyEdits(after, inverse(text, outcome.edits)), text, 'the inverse restores');
  const problems = (of: string) => syntaxProblems(parse({ path, text: of }));
  const before = problems(text).length;
  const now = problems(after);
  ok(now.length <= before, `does not parse: ${JSON.stringify(now[0])}\n${after.slice(0, 4_000)}`);
  const again = { file: { path, text: after }, symbol: moved(symbol, text, outcome.edits) };
  equal(recipe.wire(again, context).status, 'already', 'twice');
  lineEnds(text, outcome.edits);
  return outcome.status;
}

/** `L12` is the line of a place without a name: what is inserted above moves it. */
function moved(symbol: string | undefined, text: string, edits: readonly TextEdit[]) {
  const line = Number(/^L(\d+)$/.exec(symbol ?? '')?.[1] ?? 0);
  if (line === 0) return symbol;
  const lines = (of: string) => of.split('\n').length - 1;
  const start = text
    .split('\n')
    .slice(0, line - 1)
    .join('\n').length;
  const added = edits
    .filter((edit) => edit.end <= start + 1)
    .map((edit) => lines(edit.text) - lines(text.slice(edit.start, edit.end)));
  return `L${added.reduce((sum, one) => sum + one, line)}`;
}

function inOrder(text: string, edits: readonly TextEdit[]): void {
  ok(edits.length > 0, 'wired without edits');
  let at = 0;
  for (const { start, end } of edits) {
    ok(start >= at && end >= start && end <= text.length, `edit [${start}, ${end}) after ${at}`);
    at = end;
  }
}

/** A file with one kind of line end keeps to it. */
function lineEnds(text: string, edits: readonly TextEdit[]): void {
  const inserted = edits.map((edit) => edit.text).join('');
  const bare = /(?<!\r)\n/;
  if (text.includes('\r\n') && !bare.test(text)) ok(!bare.test(inserted), 'LF in a CRLF file');
  if (!text.includes('\r\n') && text.includes('\n'))
    ok(!inserted.includes('\r'), 'CR in an LF file');
}
