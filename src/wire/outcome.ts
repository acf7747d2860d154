import { applyEdits, type EditRecorder } from './recorder.ts';
import { parse, syntaxProblems } from './source.ts';
import type { SourceText, WiringNote, WiringOutcome } from './types.ts';

/** What to do by hand when the edits cannot be made. */
export interface ByHand {
  readonly snippet: string;
  /** 1-based. */
  readonly line: number;
}

/** `wired`, provided that the result still parses; else `manual`, so that nothing half done is ever written. */
export function wired(
  file: SourceText,
  recorder: EditRecorder,
  summary: string,
  byHand: ByHand,
  notes: readonly WiringNote[] = [],
): WiringOutcome {
  const edits = recorder.edits();
  const result = parse({ path: file.path, text: applyEdits(file.text, edits) });
  const [problem] = syntaxProblems(result);
  if (problem) {
    const reason = `the edits would leave a syntax error in line ${problem.line}: ${problem.message}`;
    return manual(file, reason, byHand);
  }
  return {
    status: 'wired',
    file: file.path,
    edits,
    summary,
    ...(notes.length === 0 ? {} : { notes }),
  };
}

export const manual = (
  file: SourceText,
  reason: string,
  { snippet, line }: ByHand,
): WiringOutcome => ({ status: 'manual', file: file.path, reason, snippet, line });
