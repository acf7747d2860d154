import { createInterface } from 'node:readline/promises';

/** The streams of a command: results go to `out`; progress, questions and messages to `err`. */
export interface Io {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
  readonly in: NodeJS.ReadableStream;
  /** Somebody sits at a terminal and can be asked. */
  readonly interactive: boolean;
}

export function processIo(): Io {
  const { stdout, stderr, stdin } = process;
  return { out: stdout, err: stderr, in: stdin, interactive: stdin.isTTY && stderr.isTTY };
}

export function printJson(io: Io, value: unknown): void {
  io.out.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** A question with yes or no; no is the default. */
export async function confirm(io: Io, question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: io.in, output: io.err });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
