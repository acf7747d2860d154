import { ProjectError } from '../project/errors.ts';
import type { PlanErrorCode } from './types.ts';

/**
 * What went wrong, where, and what to do next. Thrown before anything is written.
 * `exitCode` is the command line's: 2 for bad input, 3 for a conflict, 130 when cancelled.
 */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly code: PlanErrorCode;
  /** What the reader can do about it. */
  readonly hint: string;
  /** For `AMBIGUOUS_TARGET` and unknown ids: what could have been meant. For `CONFLICT`: the paths. */
  readonly choices: readonly string[];

  constructor(code: PlanErrorCode, message: string, hint: string, choices: readonly string[] = []) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.choices = choices;
  }

  get exitCode(): number {
    if (this.code === 'CONFLICT' || this.code === 'READ_ONLY') return 3;
    return this.code === 'CANCELLED' ? 130 : 2;
  }
}

/** Errors of reading the project, told like those of planning; anything else is a defect and stays as it is. */
export function asPlanError(error: unknown): unknown {
  if (!(error instanceof ProjectError)) return error;
  return new PlanError(error.code, `${error.message} Nothing was written.`, error.hint);
}

/** @throws PlanError `CANCELLED` */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new PlanError('CANCELLED', 'Cancelled. Nothing was written.', 'Start again when you like.');
}
