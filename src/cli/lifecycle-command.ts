import type * as engineModule from '../engine.ts';
import type { LifecyclePlan } from '../plan/types.ts';
import { UsageError } from './errors.ts';
import { confirm, type Io, printJson } from './io.ts';
import { changesOf, diffText, lifecycleJson, lifecycleText } from './plan-output.ts';
import { ownTemplates } from './own-templates.ts';
import { declined, seenFromCwd, settleInterrupted } from './scaffold.ts';
import type { Arguments } from './usage.ts';
import { workplace, type Workplace } from './workplace.ts';

/** Nothing was written: something has to be settled by hand first. */
const CONFLICT = 3;
/** Written, but a step is left to do by hand. */
const MANUAL_STEP_LEFT = 4;

/** `update`, `remove` and `switch`. @returns the exit code */
export async function lifecycle(
  engine: typeof engineModule,
  templatesDir: string,
  args: Arguments,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const place = await workplace(args.cwd ?? '.');
  try {
    await settleInterrupted(engine, {}, place, args, io);
    const own = await ownTemplates(place, args);
    const plan = await planOf(
      engine.createEngine({ templatesDir, ownTemplates: own }),
      engine.diskFiles(place.root),
      args,
      place,
      signal,
    );
    const stop = args.dryRun ? undefined : whatStops(plan, args);
    if (stop === undefined && !args.dryRun) await apply(engine, plan, place, args, io, signal);
    const result = { plan, place, written: !args.dryRun && stop === undefined };
    if (args.json) printJson(io, lifecycleJson(result));
    else io.out.write((args.dryRun ? diffText(plan, place) : '') + lifecycleText(result));
    if (stop !== undefined) return CONFLICT;
    return !args.dryRun && plan.conflicts.length > 0 ? MANUAL_STEP_LEFT : 0;
  } catch (error) {
    throw seenFromCwd(error, place);
  }
}

async function planOf(
  engine: ReturnType<(typeof engineModule)['createEngine']>,
  files: ReturnType<(typeof engineModule)['diskFiles']>,
  { command, words, engine: id }: Arguments,
  { cwd }: Workplace,
  signal: AbortSignal,
): Promise<LifecyclePlan> {
  const options = { from: cwd, signal };
  const [instance] = words;
  if (command === 'update') {
    return engine.update(files, cwd, instance === undefined ? {} : { instance }, options);
  }
  const chosen = instance ?? (await onlyInstance(engine, files, cwd));
  if (command === 'remove') return engine.remove(files, cwd, { instance: chosen }, options);
  if (id === undefined) {
    throw new UsageError(
      '"switch" needs --engine ENGINE.',
      'See "patternsmith show PATTERN" for the engines of a pattern.',
    );
  }
  return engine.switchEngine(files, cwd, { instance: chosen, engine: id }, options);
}

async function onlyInstance(
  engine: ReturnType<(typeof engineModule)['createEngine']>,
  files: ReturnType<(typeof engineModule)['diskFiles']>,
  cwd: string,
): Promise<string> {
  const all = (await engine.status(files, cwd)).map(({ instance }) => instance);
  if (all.length === 1) return all[0]!;
  throw new UsageError(
    all.length === 0 ? 'Nothing was scaffolded here.' : 'There are several instances.',
    all.length === 0 ? 'Name another folder with --cwd.' : 'Name one of them.',
    all,
  );
}

/** Why the plan is not written; its text says the rest. */
function whatStops(
  { conflicts, wiring }: LifecyclePlan,
  { conflicts: how }: Arguments,
): 'wiring' | 'conflicts' | undefined {
  if (wiring.some(({ status }) => status === 'manual')) return 'wiring';
  return conflicts.length > 0 && how !== 'markers' ? 'conflicts' : undefined;
}

async function apply(
  { applyToDisk }: typeof engineModule,
  plan: LifecyclePlan,
  place: Workplace,
  args: Arguments,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const { shown, copies } = changesOf(plan);
  if (shown.length + copies > 0 && io.interactive && !args.yes && !args.json) {
    io.err.write(diffText(plan, place));
    const yes = await confirm(io, `Change these ${shown.length} files?`, signal);
    if (!yes) throw declined();
  }
  await applyToDisk(place.root, plan, { signal });
}
