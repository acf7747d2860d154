import type { PlannedWiring } from './types.ts';

/** What the user should look at beside what was wired. */
export function noteWarnings({ file, notes = [] }: PlannedWiring): readonly string[] {
  return notes.map(({ line, text, snippet }) => {
    return `${file}:${line}: ${text}${snippet === undefined ? '' : `; add: ${snippet}`}`;
  });
}

/** A step that is left to do by hand, for a plan that goes on without it. */
export function manualWarnings(wiring: PlannedWiring): readonly string[] {
  const { file, status, line = 1, reason, snippet } = wiring;
  return status === 'manual' ? [`${file}:${line}: ${reason}; add:\n${snippet}`] : [];
}
