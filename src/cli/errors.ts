/** What the reader is told when a command cannot do what was asked. */
export interface Told {
  /** Stable; one of `PlanErrorCode`, or `BAD_USAGE`. */
  readonly code: string;
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
  readonly choices: readonly string[];
  readonly exitCode: number;
}

export class CliError extends Error implements Told {
  override readonly name: string = 'CliError';
  readonly code: string;
  readonly hint: string;
  readonly choices: readonly string[];
  readonly exitCode: number;

  constructor({ code, message, hint, choices, exitCode }: Told) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.choices = choices;
    this.exitCode = exitCode;
  }
}

/** The command line was not understood. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';

  constructor(message: string, hint: string, choices: readonly string[] = []) {
    super({ code: 'BAD_USAGE', message, hint, choices, exitCode: 2 });
  }
}

/** The engine is a bundle of its own, so that its `PlanError` is known by its form and not by its class. */
export function isTold(error: unknown): error is Error & Told {
  return error instanceof Error && ['PlanError', 'CliError', 'UsageError'].includes(error.name);
}
