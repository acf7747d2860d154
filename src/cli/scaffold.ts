import type * as engineModule from '../engine.ts';
import type { ScaffoldPlan, ScaffoldRequest } from '../plan/types.ts';
import { CliError, isTold } from './errors.ts';
import { confirm, type Io, printJson } from './io.ts';
import { diffText, planJson, summaryText } from './plan-output.ts';
import type { Arguments } from './usage.ts';
import { fromRoot, messageFromCwd, workplace, type Workplace } from './workplace.ts';

/** Written, but a step is left to do by hand. */
const MANUAL_STEP_LEFT = 4;

/** A bundle of its own, loaded by the commands that need it. */
type EngineModule = typeof engineModule;

/** `plan` and `add`. @returns the exit code */
export async function scaffold(
  engine: EngineModule,
  templatesDir: string,
  args: Arguments,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const place = await workplace(args.cwd ?? '.');
  try {
    const request = requestOf(args, place);
    const { createEngine, diskFiles } = engine;
    const files = diskFiles(place.root);
    const plan = await createEngine({ templatesDir }).plan(request, files, {
      near: place.cwd,
      signal,
    });
    const write = args.command === 'add';
    if (write) await apply(engine, plan, place, args, io, signal);
    if (args.json) printJson(io, planJson(plan, place));
    else
      io.out.write(
        write ? summaryText(plan, place) : diffText(plan, place) + summaryText(plan, place),
      );
    const byHand = plan.wiring.some(({ status }) => status === 'manual');
    return write && byHand ? MANUAL_STEP_LEFT : 0;
  } catch (error) {
    throw seenFromCwd(error, place);
  }
}

async function apply(
  { applyToDisk }: EngineModule,
  plan: ScaffoldPlan,
  place: Workplace,
  args: Arguments,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const changes = plan.files.filter(({ action }) => action !== 'same').length;
  if (changes > 0 && io.interactive && !args.yes && !args.json) {
    io.err.write(diffText(plan, place));
    const yes = await confirm(io, `Write these ${changes} files?`, signal);
    if (!yes) throw declined();
  }
  await applyToDisk(place.root, plan.files, { signal });
}

function requestOf(args: Arguments, place: Workplace): ScaffoldRequest {
  const { words, name, engine, target, out, set } = args;
  return {
    pattern: words[0] ?? '',
    options: set,
    ...(name === undefined ? {} : { name }),
    ...(engine === undefined ? {} : { engine }),
    ...(target === undefined ? {} : { target: fromRoot(place, target) }),
    ...(out === undefined ? {} : { out: fromRoot(place, out) }),
  };
}

function declined(): CliError {
  return new CliError({
    code: 'CANCELLED',
    message: 'Nothing was written.',
    hint: 'Run the command again to write it.',
    choices: [],
    exitCode: 130,
  });
}

/** The engine speaks of paths below the root. */
function seenFromCwd(error: unknown, place: Workplace): unknown {
  if (!isTold(error)) return error;
  const seen = (text: string): string => messageFromCwd(place, text);
  const { code, message, hint, choices, exitCode } = error;
  return new CliError({
    code,
    message: seen(message),
    hint: seen(hint),
    choices: choices.map(seen),
    exitCode,
  });
}
