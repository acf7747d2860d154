import * as vscode from 'vscode';
import type { PlanError } from '../plan/errors.ts';

/**
 * Something that the user is told in full: what happened, and what to do next. Nothing was written.
 * `PlanError` of the engine is the same for the engine's side; it lives in a bundle of its own, so it is recognised by its form.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

export function isPlanError(error: unknown): error is PlanError {
  return (
    error instanceof Error &&
    error.name === 'PlanError' &&
    'code' in error &&
    'hint' in error &&
    'choices' in error
  );
}

/** The user stopped it; nothing needs to be said. */
export function isCancellation(error: unknown): boolean {
  return (
    error instanceof vscode.CancellationError ||
    (isPlanError(error) && error.code === 'CANCELLED') ||
    (error instanceof Error && error.name === 'AbortError')
  );
}

/** Tells the user of failures: one message, and the stack in the log. */
export class ErrorReporter {
  readonly #log: vscode.LogOutputChannel;
  #last: unknown;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** The last failure that was told. */
  get last(): unknown {
    return this.#last;
  }

  /** Runs what a command does; a failure is told and gives `undefined`, and never a rejected command. */
  async watch<T>(run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      if (!isCancellation(error)) void this.tell(error);
      return undefined;
    }
  }

  async tell(error: unknown): Promise<void> {
    this.#last = error;
    this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const openLog = vscode.l10n.t('Open Log');
    const chosen = await vscode.window.showErrorMessage(errorText(error), openLog);
    if (chosen === openLog) this.#log.show();
  }
}

/** What the message says. */
export function errorText(error: unknown): string {
  if (isPlanError(error)) {
    const choices = error.choices.slice(0, 8).join(', ');
    return [error.message, choices && `(${choices})`, error.hint].filter(Boolean).join(' ');
  }
  if (error instanceof UserError) return `${error.message} ${error.hint}`;
  const text = error instanceof Error ? error.message : String(error);
  return vscode.l10n.t(
    'Patternsmith failed: {0} Nothing was written. The log has the details.',
    text,
  );
}
