import type { TraceEvent } from '../demo/types.ts';

/** A run is played back in this many real milliseconds, whatever it simulates. */
export const playbackMs = 20_000;
/** Nothing shorter can be followed by eye: a dot takes at least this many real milliseconds over its edge. */
const shortestMoveMs = 280;
/** Dots on one edge that are closer than this, in units of the topology's canvas, would be one smear. */
const closestMoves = 9;

/** One dot to draw; times in simulated milliseconds. */
export interface Move {
  readonly startMs: number;
  readonly endMs: number;
  readonly edge: string;
  readonly kind: TraceEvent['kind'];
  readonly back: boolean;
}

/**
 * What of a trace is drawn at `rate` simulated milliseconds per real one, ascending by start. What goes well does not crowd out
 * what goes wrong.
 * @param lengthOf length of an edge, in units of the topology's canvas
 */
export function visibleMoves(
  trace: readonly TraceEvent[],
  rate: number,
  lengthOf: (edge: string) => number,
): readonly Move[] {
  const lastStart = new Map<string, number>();
  return trace.flatMap((event) => {
    const lane = `${event.edge}/${event.back ? 'back' : 'forth'}/${event.kind}`;
    const last = lastStart.get(lane) ?? -Infinity;
    const apartMs = (shortestMoveMs * closestMoves) / lengthOf(event.edge);
    if (event.at - last < apartMs * rate) return [];
    lastStart.set(lane, event.at);
    return [
      {
        startMs: event.at,
        endMs: event.at + Math.max(event.tookMs, shortestMoveMs * rate),
        edge: event.edge,
        kind: event.kind,
        back: event.back ?? false,
      },
    ];
  });
}

/** The moves under way at a moment, each with how far it has come (0 to 1). `moves` ascend by start. */
export function movesAt(
  moves: readonly Move[],
  atMs: number,
): readonly { readonly move: Move; readonly progress: number }[] {
  const started = firstAfter(moves, (move) => move.startMs, atMs);
  return moves
    .slice(0, started)
    .filter((move) => move.endMs > atMs)
    .map((move) => ({
      move,
      progress: (atMs - move.startMs) / (move.endMs - move.startMs),
    }));
}

/** Index of the sample to show at a moment: the last interval that had ended by then, else the first. */
export function sampleAt(at: readonly number[], atMs: number): number {
  return Math.max(0, firstAfter(at, (time) => time, atMs) - 1);
}

/** Index of the first item whose key is greater than `limit`; keys ascend. */
function firstAfter<T>(items: readonly T[], key: (item: T) => number, limit: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && key(item) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
