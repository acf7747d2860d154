import { PassThrough, Writable } from 'node:stream';
import { join } from 'node:path';
import type { Io } from '../../../../src/cli/io.ts';
import { main } from '../../../../src/cli/main.ts';
import { TEMPLATES } from '../../plan/support/engine.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** What somebody types; there is a terminal then. */
  readonly typed?: string;
  readonly signal?: AbortSignal;
  readonly demosDir?: string;
  readonly templatesDir?: string;
}

/** The command line in this process, over the small catalogue. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [out, err] = [sink(), sink()];
  const input = new PassThrough();
  if (options.typed !== undefined) input.end(options.typed);
  const io: Io = { out, err, in: input, interactive: options.typed !== undefined };
  const installation = {
    templatesDir: options.templatesDir ?? TEMPLATES,
    demosDir: options.demosDir ?? join(TEMPLATES, 'no-demos'),
    version: '1.2.3',
  };
  const signal = options.signal ?? new AbortController().signal;
  const code = await main(args, io, installation, signal);
  return { code, out: out.text, err: err.text };
}

function sink(): Writable & { text: string } {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      result.text += chunk.toString();
      done();
    },
  });
  const result = Object.assign(stream, { text: '' });
  return result;
}
