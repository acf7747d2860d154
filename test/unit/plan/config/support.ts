import type { Insertion } from '../../../../src/plan/config/insertion.ts';

export interface Edited {
  readonly after: string;
}

/** The text with what was inserted; undefined where nothing was. */
export function edit(text: string, outcome: Insertion): Edited | undefined {
  if (outcome.status !== 'wired') return undefined;
  const { start, end, text: inserted } = outcome.edit;
  return { after: text.slice(0, start) + inserted + text.slice(end) };
}
