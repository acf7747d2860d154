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

/** A question with yes or no. Anything but yes is no: nothing typed, the end of the input, Ctrl-C, an abort. */
export async function confirm(io: Io, question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: io.in, output: io.err });
  // An answer that comes with the end of the input is still an answer, so the end waits its turn.
  const ended = new Promise<string>((resolve) => {
    lines.once('close', () => setImmediate(resolve, ''));
  });
  // While a question is open, readline takes Ctrl-C for itself.
  lines.once('SIGINT', () => lines.close());
  try {
    const asked = lines.question(`${question} [y/N] `, { signal }).catch(() => '');
    const answer = await Promise.race([asked, ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
