import type { ProjectProfile, Style } from '../project/types.ts';
import { width } from '../wire/code.ts';
import type { TextEdit } from '../wire/types.ts';
import { lineEdits } from './line-edits.ts';
import { format, movesTokens } from './style.ts';

/** In characters: some 2,500 lines, which take Prettier about 0.3 s, and it is asked twice. */
const MAX_LENGTH = 100_000;

/**
 * Edits that leave a file as the project's formatter would have it, where that is how it was before. Recipes lay out what they insert; but what they put around or
 * into a line of the user's can make it too long, or have to indent what follows, and how is for the formatter to say.
 * @param edits what was done to `before`, which has become `after`
 * @returns edits of `after`; none where the file was laid out otherwise before, or no formatter is used
 */
export async function stayFormatted(
  path: string,
  { before, after, edits }: { before: string; after: string; edits: readonly TextEdit[] },
  { formatter, style }: Pick<ProjectProfile, 'formatter' | 'style'>,
): Promise<readonly TextEdit[]> {
  if (formatter === undefined || before.length > MAX_LENGTH) return [];
  // Lines that are inserted as a whole are laid out by the recipe, unless a name is longer than anybody expects; but what a template says in them is in the canonical style.
  const isLaidOut = edits.every((edit) => insertsLines(before, edit) && fits(edit.text, style));
  if (!movesTokens(style) && isLaidOut) return [];
  if ((await formatted(before, path, style)) !== before) return [];
  const laidOut = await formatted(after, path, style);
  return laidOut === undefined ? [] : lineEdits(after, laidOut);
}

/** Whether all lines that were there stay as they are. */
function insertsLines(before: string, { start, end }: TextEdit): boolean {
  const isBoundary = /^\r?\n|^$/.test(before.slice(start, start + 2)) || before[start - 1] === '\n';
  return start === end && (isBoundary || start === 0);
}

const fits = (text: string, { printWidth }: Style): boolean =>
  text.split('\n').every((line) => width(line.trimEnd()) <= printWidth);

/** Undefined for what the formatter cannot read. */
async function formatted(text: string, path: string, style: Style): Promise<string | undefined> {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  try {
    return mark + (await format(text.slice(mark.length), path, style));
  } catch {
    return undefined;
  }
}
