import { applyPatch, parsePatch, reversePatch, type StructuredPatch } from 'diff';
import { PlanError } from '../errors.ts';
import { pathProblem, printable } from '../paths.ts';

/** What was wired in one of the user's files. */
export interface FilePatch {
  /** As in the receipt: relative to the package. */
  readonly path: string;
  readonly patch: StructuredPatch;
}

export type Unwired =
  | {
      readonly status: 'unwired';
      readonly text: string;
      /** The lines stood together as they were wired, none in between. */
      readonly isWhole: boolean;
    }
  /** Nothing of it is left. */
  | { readonly status: 'already' }
  | {
      readonly status: 'manual';
      readonly reason: string;
      /** What to take out, as a diff. */
      readonly snippet: string;
      /** 1-based, about where it stood. */
      readonly line: number;
    };

/**
 * Reads an instance's wiring patch, what was wired last first. It comes from the workspace: paths are checked.
 * @throws PlanError `BAD_RECEIPT`
 */
export function readPatch(text: string, name: string): readonly FilePatch[] {
  let patches: readonly StructuredPatch[];
  try {
    patches = text === '' ? [] : parsePatch(text);
  } catch (error) {
    throw refusal(name, `is no unified diff (${(error as Error).message})`);
  }
  // The parser passes over what it does not know, such as the marks of an unfinished merge.
  const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
  if (lines !== patches.reduce((sum, patch) => sum + linesIn(patch), 0)) {
    throw refusal(name, 'is no unified diff as it was written');
  }
  return patches
    .map((patch) => {
      const path = (patch.newFileName ?? '').replace(/^b\//, '');
      const problem = path === '' ? 'is empty' : pathProblem(path);
      if (problem !== undefined) {
        throw refusal(name, `names a file "${printable(path)}" whose path ${problem}`);
      }
      return { path, patch };
    })
    .toReversed();
}

/** With two lines of header; none where nothing follows it. */
function linesIn({ hunks }: StructuredPatch): number {
  return hunks.reduce((sum, { lines }) => sum + 1 + lines.length, hunks.length === 0 ? 0 : 2);
}

function refusal(name: string, why: string): PlanError {
  return new PlanError(
    'BAD_RECEIPT',
    `${name} ${why}. Nothing was written.`,
    'Restore the file from version control; or take the wiring out by hand, delete this file, and try again.',
    [name],
  );
}

/**
 * Takes out of a file what a patch has put in, whatever else has changed in the file since: first as `git apply -R` would, then group by
 * group of lines, each of which must still stand there as it was written.
 */
export function unwire({ patch: recorded }: FilePatch, text: string): Unwired {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const isMixed = crlf > 0 && crlf < (text.match(/\n/g)?.length ?? 0);
  // Line ends are no difference, but where a file has both kinds each line keeps its own.
  const patch = isMixed ? recorded : withoutReturns(recorded);
  const plain = isMixed ? text : text.replaceAll('\r\n', '\n');
  const restored = (result: string, isWhole: boolean): Unwired => ({
    status: 'unwired',
    isWhole,
    text: crlf > 0 && !isMixed ? result.replaceAll('\n', '\r\n') : result,
  });
  const exact = applyPatch(plain, reversePatch(patch), { autoConvertLineEndings: false });
  if (exact !== false) return restored(exact, true);
  const groups = groupsOf(patch);
  const lines = plain.split('\n');
  const places = locate(groups, lines);
  if (places === undefined) {
    const reason = 'the lines that were wired in have been changed since';
    return isGone(groups, lines) ? { status: 'already' } : toTakeOut(recorded, text, reason);
  }
  return restored(withoutGroups(groups, places, lines), false);
}

function withoutReturns(patch: StructuredPatch): StructuredPatch {
  const plain = (line: string): string => line.replace(/\r$/, '');
  return {
    ...patch,
    hunks: patch.hunks.map((hunk) => ({ ...hunk, lines: hunk.lines.map(plain) })),
  };
}

function withoutGroups(
  groups: readonly Group[],
  places: readonly number[],
  lines: readonly string[],
): string {
  const parts: string[] = [];
  let at = 0;
  for (const [index, { added, removed }] of groups.entries()) {
    parts.push(...lines.slice(at, places[index]), ...removed);
    at = places[index]! + added.length;
  }
  return [...parts, ...lines.slice(at)].join('\n');
}

/** Lines that were put in, in the place of others. */
interface Group {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Lines of the hunk right before and behind, nearest first, as they stood after the wiring. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  /** 0-based line of the first added one, as it stood after the wiring. */
  readonly line: number;
}

function groupsOf(patch: StructuredPatch): readonly Group[] {
  return patch.hunks.flatMap(({ lines: raw, newStart }) => {
    const lines = raw.filter((line) => !line.startsWith('\\'));
    const groups: Group[] = [];
    const now: string[] = [];
    for (let at = 0; at < lines.length;) {
      if (lines[at]!.startsWith(' ')) {
        now.push(lines[at++]!.slice(1));
        continue;
      }
      const from = at;
      while (at < lines.length && !lines[at]!.startsWith(' ')) at++;
      const body = lines.slice(from, at);
      const of = (sign: string) =>
        body.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
      const added = of('+');
      groups.push({
        added,
        removed: of('-'),
        above: now.toReversed(),
        below: lines
          .slice(at)
          .filter((line) => !line.startsWith('-'))
          .map((line) => line.slice(1)),
        line: newStart - 1 + now.length,
      });
      now.push(...added);
    }
    return groups;
  });
}

/** Where each group stands now, in order; undefined when one of them does not, or it is not certain where. */
function locate(groups: readonly Group[], lines: readonly string[]): readonly number[] | undefined {
  const places: number[] = [];
  let from = 0;
  let drift = 0;
  for (const group of groups) {
    const place = bestPlace(group, lines, from, group.line + drift);
    if (place === undefined) return undefined;
    places.push(place);
    from = place + group.added.length;
    drift = place - group.line;
  }
  return places;
}

function bestPlace(
  group: Group,
  lines: readonly string[],
  from: number,
  expected: number,
): number | undefined {
  const { added, above, below } = group;
  let best: { readonly at: number; readonly score: number; readonly distance: number } | undefined;
  let isTied = false;
  for (let at = from; at + added.length <= lines.length; at++) {
    if (!added.every((line, index) => lines[at + index] === line)) continue;
    const score =
      common(above, (index) => lines[at - 1 - index]) +
      common(below, (index) => lines[at + added.length + index]);
    const distance = Math.abs(at - expected);
    if (best !== undefined && score === best.score) isTied = true;
    if (best === undefined || score > best.score) {
      best = { at, score, distance };
      isTied = false;
    } else if (score === best.score && distance < best.distance) {
      best = { at, score, distance };
    }
  }
  if (best === undefined) return undefined;
  // A lone brace, or nothing at all, stands in many places: only its neighbours tell which one is meant.
  const isTelling = added.some((line) => /\w{3}/.test(line));
  return best.score === 0 && (!isTelling || isTied) ? undefined : best.at;
}

function common(wanted: readonly string[], at: (index: number) => string | undefined): number {
  const end = wanted.findIndex((line, index) => at(index) !== line);
  return end === -1 ? wanted.length : end;
}

/** Whether no line that was put in and tells something is left. */
function isGone(groups: readonly Group[], lines: readonly string[]): boolean {
  const there = new Set(lines.map((line) => line.trim()));
  const telling = groups
    .flatMap(({ added, removed }) => added.filter((line) => !removed.includes(line)))
    .map((line) => line.trim())
    .filter((line) => /\w{3}/.test(line));
  return telling.every((line) => !there.has(line));
}

/** What is left to do by hand, and why. */
export function toTakeOut(
  recorded: StructuredPatch,
  text: string,
  reason: string,
): Unwired & { readonly status: 'manual' } {
  const patch = withoutReturns(recorded);
  const groups = groupsOf(patch);
  const lines = text.split(/\r?\n/);
  const lost = groups.find((group) => bestPlace(group, lines, 0, group.line) === undefined);
  return {
    status: 'manual',
    reason,
    snippet: patch.hunks.flatMap((hunk) => hunk.lines).join('\n'),
    line: Math.min((lost ?? groups[0])!.line + 1, Math.max(lines.length, 1)),
  };
}
