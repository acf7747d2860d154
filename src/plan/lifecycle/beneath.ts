import { diffLines, FILE_HEADERS_ONLY, formatPatch } from 'diff';
import { diff3Merge } from 'node-diff3';
import { filePatch } from '../diff.ts';
import { type FilePatch, unwire } from './unwire.ts';

/** What another instance has wired into the same file. */
export interface Upper {
  readonly instance: string;
  readonly patch: FilePatch;
}

export interface Uncovered {
  readonly text: string;
  /** What the others have wired, as it reads now, by instance. */
  readonly patches: ReadonlyMap<string, string>;
}

/**
 * Unwires what others have been wired in between since: they are taken out first and put in again afterwards.
 * @returns undefined where that would change any line but those of the patch
 */
export function unwireBeneath(
  own: FilePatch,
  others: readonly Upper[],
  text: string,
): Uncovered | undefined {
  const taken: { readonly upper: Upper; readonly within: string; readonly without: string }[] = [];
  let plain = text;
  let bare = unwire(own, plain);
  for (const upper of others) {
    if (bare.status === 'unwired') break;
    const without = unwire(upper.patch, plain);
    if (without.status !== 'unwired') continue;
    taken.push({ upper, within: plain, without: without.text });
    plain = without.text;
    bare = unwire(own, plain);
  }
  if (bare.status !== 'unwired') return undefined;
  let after = bare.text;
  const patches = new Map<string, string>();
  for (const { upper, within, without } of taken.toReversed()) {
    const again = putBack(without, after, within);
    if (again === undefined) return undefined;
    const { path } = upper.patch;
    patches.set(upper.instance, filePatch(`a/${path}`, `b/${path}`, after, again));
    after = again;
  }
  return changesOnly(own, text, after) ? { text: after, patches } : undefined;
}

/** A merge in which lines that one side took out are taken out of what the other side put in between them; empty lines stay. */
function putBack(base: string, current: string, incoming: string): string | undefined {
  const blocks = diff3Merge(current.split('\n'), base.split('\n'), incoming.split('\n'), {
    excludeFalseConflicts: true,
  });
  const lines: string[] = [];
  for (const { ok, conflict } of blocks) {
    if (conflict === undefined) {
      lines.push(...(ok ?? []));
      continue;
    }
    const { a, o, b } = conflict;
    if (a.some((line) => !o.includes(line))) return undefined;
    const gone = o.filter((line) => line.trim() !== '' && !a.includes(line));
    lines.push(...b.filter((line) => !gone.includes(line)));
  }
  return lines.join('\n');
}

/** Whether nothing but the patch's own lines, and empty ones, comes and goes. */
function changesOnly({ patch }: FilePatch, before: string, after: string): boolean {
  const own = (sign: string): ReadonlySet<string> =>
    new Set(
      patch.hunks
        .flatMap(({ lines }) => lines)
        .filter((line) => line.startsWith(sign))
        .map((line) => line.slice(1).trimEnd()),
    );
  const [came, went] = [own('-'), own('+')];
  return diffLines(before, after).every(({ value, added, removed }) => {
    const allowed = added ? came : removed ? went : undefined;
    const lines = value.split('\n').map((line) => line.trimEnd());
    return allowed === undefined || lines.every((line) => line === '' || allowed.has(line));
  });
}

/** All that an instance has wired, last first, with what it wired into one file as it reads now. */
export function rewritten(all: readonly FilePatch[], path: string, now: string): string {
  return all
    .toReversed()
    .map((each) => (each.path === path ? now : formatPatch(each.patch, FILE_HEADERS_ONLY)))
    .join('');
}
