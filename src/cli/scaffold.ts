import type * as engineModule from '../engine.ts';
import type { ScaffoldPlan, ScaffoldRequest } from '../plan/types.ts';
import { CliError, isTold } from './errors.ts';
import { confirm, type Io, printJson } from './io.ts';
import { ownTemplates } from './own-templates.ts';
import { changesOf, diffText, planJson, summaryText } from './plan-output.ts';
import type { Arguments } from './usage.ts';
import { foldersTo, fromRoot, messageFromCwd, workplace, type Workplace } from './workplace.ts';

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
    await settleInterrupted(engine, request, place, args, io);
    const files = diskFiles(place.root);
    const own = await ownTemplates(place, args, request.target ?? request.out);
    const plan = await createEngine({ templatesDir, ownTemplates: own }).plan(request, files, {
      near: place.cwd,
      from: place.cwd,
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

/** A run that was killed is taken back before anything is planned on what it left. */
export async function settleInterrupted(
  { takeBackInterrupted, wasInterrupted }: EngineModule,
  { target, out }: Pick<ScaffoldRequest, 'target' | 'out'>,
  place: Workplace,
  { command, dryRun }: Arguments,
  io: Io,
): Promise<void> {
  const writes = command !== 'plan' && !dryRun;
  for (const dir of foldersTo(place, target ?? out)) {
    const isOpen = await wasInterrupted(place.root, dir);
    if (!writes) {
      if (isOpen) throw interrupted();
      continue;
    }
    const left = await takeBackInterrupted(place.root, dir);
    if (isOpen)
      io.err.write('An earlier run was interrupted; what it had written was taken back.\n');
    for (const path of left ?? []) {
      io.err.write(`${path} was changed since then and stays; its former text is beside it.\n`);
    }
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
  const { shown, copies } = changesOf(plan);
  if (shown.length + copies > 0 && io.interactive && !args.yes && !args.json) {
    io.err.write(diffText(plan, place));
    const more = copies > 0 ? ` and ${copies} in .patternsmith/` : '';
    const yes = await confirm(io, `Write these ${shown.length} files${more}?`, signal);
    if (!yes) throw declined();
  }
  await applyToDisk(place.root, plan, { signal });
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

function interrupted(): CliError {
  return new CliError({
    code: 'CONFLICT',
    message: 'An earlier run was interrupted half way. Nothing was written.',
    hint: 'Run the command that was interrupted again, or any that writes: it first takes back what that run had written.',
    choices: [],
    exitCode: 3,
  });
}

export function declined(): CliError {
  return new CliError({
    code: 'CANCELLED',
    message: 'Nothing was written.',
    hint: 'Run the command again to write it.',
    choices: [],
    exitCode: 130,
  });
}

/** The engine speaks of paths below the root. */
export function seenFromCwd(error: unknown, place: Workplace): unknown {
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
