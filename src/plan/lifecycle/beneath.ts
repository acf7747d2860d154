import { diffLines, FILE_HEADERS_ONLY, formatPatch, parsePatch, type StructuredPatch } from 'diff';
import { diff3Merge } from 'node-diff3';
import { filePatch } from '../diff.ts';
import { type FilePatch, unwire } from './unwire.ts';

/** What another instance has wired into the same file. */
export interface Upper {
  readonly instance: string;
  readonly patch: FilePatch;
  /** Wires it again into a text without it; undefined where that cannot be done. */
  rewire(text: string): Promise<string | undefined>;
}

export interface Uncovered {
  readonly text: string;
  /** What the others have wired, as it reads now, by instance. */
  readonly patches: ReadonlyMap<string, string>;
}

/** One of the others while it is taken out. */
interface Taken {
  readonly upper: Upper;
  readonly within: string;
  readonly without: string;
}

const IMPORT = /^-\s*(?:import\b|\} from\b|(?:const|let|var)\b.*\brequire\()/;

/** Whether it has taken an import out, which what was wired before it may need once it is back as it was. */
export const dropsImport = ({ patch }: FilePatch): boolean =>
  patch.hunks.some(({ lines }) => lines.some((line) => IMPORT.test(line)));

/**
 * Unwires what others have been wired in between since: they are taken out first and put in again afterwards, the one that was wired first first.
 * @returns undefined where that would change any line but those of the patches
 */
export async function unwireBeneath(
  own: FilePatch,
  others: readonly Upper[],
  text: string,
): Promise<Uncovered | undefined> {
  const taken = uncover(own, others, text);
  const bare = unwire(own, taken.at(-1)?.without ?? text);
  if (bare.status !== 'unwired') return undefined;
  let after = bare.text;
  const patches = new Map<string, string>();
  // What may come and go: the lines of those that are not left as they were.
  const changed = [own.patch];
  for (const { upper, within, without } of taken.toReversed()) {
    const { path, patch } = upper.patch;
    const anew = await upper.rewire(after);
    const again = anew ?? (dropsImport(upper.patch) ? undefined : putBack(without, after, within));
    if (again === undefined) return undefined;
    const now = filePatch(`a/${path}`, `b/${path}`, after, again);
    if (anew !== undefined) changed.push(patch, ...parsePatch(now));
    patches.set(upper.instance, now);
    after = again;
  }
  return changesOnly(changed, text, after) ? { text: after, patches } : undefined;
}

/** Takes others out until nothing of theirs is in the way: those first that stand as they were wired, for none was wired in among them. */
function uncover(own: FilePatch, others: readonly Upper[], text: string): readonly Taken[] {
  const taken: Taken[] = [];
  const left = new Set(others);
  let plain = text;
  while (isCovered(own, left, plain)) {
    const out = [...left].flatMap((upper) => {
      const without = unwire(upper.patch, plain);
      return without.status === 'unwired' ? [{ upper, without }] : [];
    });
    const next = out.find(({ without }) => without.isWhole) ?? out[0];
    if (next === undefined) break;
    const without = next.without.text;
    taken.push({ upper: next.upper, within: plain, without });
    left.delete(next.upper);
    plain = without;
  }
  return taken;
}

function isCovered(own: FilePatch, others: ReadonlySet<Upper>, text: string): boolean {
  const bare = unwire(own, text);
  return (
    bare.status !== 'unwired' ||
    !bare.isWhole ||
    [...others].some(({ patch }) => dropsImport(patch))
  );
}

/**
 * A merge in which lines that one side took out are taken out of what the other side put in beside them; empty lines stay.
 * @returns undefined where the other side has put lines in between them: those stood within what is no longer there
 */
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
    const isGone = (line: string): boolean =>
      line.trim() !== '' && o.includes(line) && !a.includes(line);
    const [first, last] = [b.findIndex(isGone), b.findLastIndex(isGone)];
    if (b.slice(first + 1, last).some((line) => line.trim() !== '' && !o.includes(line))) {
      return undefined;
    }
    lines.push(...b.filter((line) => !isGone(line)));
  }
  return lines.join('\n');
}

/** Whether nothing but the lines of some patches, and empty ones, comes and goes. */
function changesOnly(patches: readonly StructuredPatch[], before: string, after: string): boolean {
  const own = new Set(
    patches
      .flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines))
      .filter((line) => /^[-+]/.test(line))
      .map((line) => line.slice(1).trimEnd()),
  );
  return diffLines(before, after).every(({ value, added, removed }) => {
    const lines = value.split('\n').map((line) => line.trimEnd());
    return !(added || removed) || lines.every((line) => line === '' || own.has(line));
  });
}

/** All that an instance has wired, last first, with what it wired into one file as it reads now. */
export function rewritten(all: readonly FilePatch[], path: string, now: string): string {
  return all
    .toReversed()
    .map((each) => (each.path === path ? now : formatPatch(each.patch, FILE_HEADERS_ONLY)))
    .join('');
}
