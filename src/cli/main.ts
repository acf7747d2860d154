import { isTold, type Told } from './errors.ts';
import { type Io, printJson } from './io.ts';
import { type Arguments, helpText, readArguments } from './usage.ts';

export interface Installation {
  /** Absolute folders of what came with the program. */
  readonly templatesDir: string;
  readonly demosDir: string;
  readonly version: string;
}

/** Runs one command line. Never throws: what goes wrong is told, and told by the exit code. */
export async function main(
  argv: readonly string[],
  io: Io,
  installation: Installation,
  signal: AbortSignal,
): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args.version) {
      io.out.write(`${installation.version}\n`);
      return 0;
    }
    if (args.help || args.command === undefined) {
      (args.help ? io.out : io.err).write(helpText(args.command));
      return args.help ? 0 : 2;
    }
    return await run(args, io, installation, signal);
  } catch (error) {
    return report(error, argv.includes('--json'), io, signal);
  }
}

/** Each command loads what it needs: the list of patterns does not pay for ts-morph. */
async function run(
  args: Arguments,
  io: Io,
  installation: Installation,
  signal: AbortSignal,
): Promise<number> {
  switch (args.command ?? '') {
    case 'plan':
    case 'add': {
      const [{ scaffold }, engine] = await Promise.all([
        import('./scaffold.ts'),
        import('../engine.ts'),
      ]);
      return scaffold(engine, installation.templatesDir, args, io, signal);
    }
    case 'status': {
      const [{ status }, engine] = await Promise.all([
        import('./status-command.ts'),
        import('../engine.ts'),
      ]);
      return status(engine, installation.templatesDir, args, io);
    }
    case 'update':
    case 'remove':
    case 'switch': {
      const [{ lifecycle }, engine] = await Promise.all([
        import('./lifecycle-command.ts'),
        import('../engine.ts'),
      ]);
      return lifecycle(engine, installation.templatesDir, args, io, signal);
    }
    case 'eject': {
      const [{ eject }, engine] = await Promise.all([
        import('./eject-command.ts'),
        import('../engine.ts'),
      ]);
      return eject(engine, installation.templatesDir, args, io, signal);
    }
    case 'demo':
      return (await import('./demo-command.ts')).demoCommand(
        { ...installation, importModule: (url) => import(url) },
        args,
        io,
        signal,
      );
    default:
      return (await import('./catalog-commands.ts')).catalogCommand(
        installation.templatesDir,
        args,
        io,
      );
  }
}

function report(error: unknown, json: boolean, io: Io, signal: AbortSignal): number {
  const { code, message, hint, choices, exitCode } = explain(error, signal);
  if (json) {
    printJson(io, { error: { code, message, hint, choices } });
  } else {
    io.err.write([message, ...choices.map((choice) => `  ${choice}`), hint, ''].join('\n'));
  }
  return exitCode;
}

function explain(error: unknown, signal: AbortSignal): Told {
  if (isTold(error)) return error;
  if (signal.aborted) {
    return {
      code: 'CANCELLED',
      message: 'Cancelled. Nothing was written.',
      hint: 'Run the command again when you like.',
      choices: [],
      exitCode: 130,
    };
  }
  return {
    code: 'INTERNAL',
    message: error instanceof Error ? error.message : String(error),
    hint: 'This is a defect of Patternsmith: please report it with the command that you ran.',
    choices: [],
    exitCode: 1,
  };
}
