import { diff3Merge } from 'node-diff3';

export interface Merged {
  /** With git's markers around what conflicts. */
  readonly text: string;
  /** Places that both sides changed differently. */
  readonly regions: number;
}

/** What stands behind the markers, e.g. `cache-aside 0.2.0`. */
export interface Sides {
  readonly current: string;
  readonly incoming: string;
}

const BOM = '\uFEFF';

/**
 * Merges what the user made of a file with what would be generated now. Line ends and byte order mark are those of the user's text; how lines
 * end is no change on any side.
 */
export function merge3(base: string, current: string, incoming: string, sides: Sides): Merged {
  const bom = current.startsWith(BOM) ? BOM : '';
  const eol = current.includes('\r\n') ? '\r\n' : '\n';
  let regions = 0;
  const lines = blocksOf(base, current, incoming).flatMap(({ ok, conflict }): readonly string[] => {
    if (conflict === undefined) return ok ?? [];
    regions++;
    return [
      `<<<<<<< ${sides.current}`,
      ...conflict.a,
      '=======',
      ...conflict.b,
      `>>>>>>> ${sides.incoming}`,
    ];
  });
  return { text: bom + lines.join(eol), regions };
}

/** Lines that one side or none has changed, and conflicts, in turn. */
export function blocksOf(base: string, current: string, incoming: string) {
  return diff3Merge(linesOf(current), linesOf(base), linesOf(incoming), {
    excludeFalseConflicts: true,
  });
}

/** Whether an earlier merge is still to be settled in the text. */
export function hasConflictMarkers(text: string): boolean {
  return /^<{7} .*$[\s\S]*^={7}\r?$[\s\S]*^>{7} /m.test(text);
}

export function linesOf(text: string): string[] {
  return text.replace(BOM, '').split(/\r?\n/);
}
