import type * as engineModule from '../engine.ts';
import { unifiedDiff } from '../plan/diff.ts';
import type { EjectPlan } from '../plan/eject.ts';
import { CliError } from './errors.ts';
import { confirm, type Io, printJson } from './io.ts';
import { seenFromCwd, settleInterrupted } from './scaffold.ts';
import type { Arguments } from './usage.ts';
import { fromCwd, workplace, type Workplace } from './workplace.ts';

/** `eject`: it copies what came with the product, so that own templates, broken or not, do not matter to it. @returns the exit code */
export async function eject(
  engine: typeof engineModule,
  templatesDir: string,
  args: Arguments,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const place = await workplace(args.cwd ?? '.');
  try {
    const { createEngine, diskFiles, applyToDisk } = engine;
    await settleInterrupted(engine, {}, place, args, io);
    const files = diskFiles(place.root);
    const plan = await createEngine({ templatesDir }).eject(args.words[0] ?? '', files, place.cwd);
    await approve(plan, place, args, io, signal);
    await applyToDisk(place.root, plan, { signal });
    if (args.json) printJson(io, ejectJson(plan, place));
    else io.out.write(ejectText(plan, place));
    return 0;
  } catch (error) {
    throw seenFromCwd(error, place);
  }
}

async function approve(
  plan: EjectPlan,
  place: Workplace,
  { yes, json }: Arguments,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const created = createdOf(plan);
  if (created.length === 0 || !io.interactive || yes || json) return;
  const where = fromCwd(place, plan.folder);
  if (await confirm(io, `Write ${created.length} files into ${where}?`, signal)) return;
  throw new CliError({
    code: 'CANCELLED',
    message: 'Nothing was written.',
    hint: 'Run the command again to write it.',
    choices: [],
    exitCode: 130,
  });
}

function ejectJson(plan: EjectPlan, place: Workplace): object {
  return {
    unit: plan.unit,
    folder: fromCwd(place, plan.folder),
    files: plan.files.map((file) => {
      const seen = { ...file, path: fromCwd(place, file.path) };
      return { path: seen.path, action: seen.action, diff: unifiedDiff(seen) };
    }),
    next: nextSteps(plan),
  };
}

function ejectText(plan: EjectPlan, place: Workplace): string {
  const created = createdOf(plan);
  const lines =
    created.length === 0
      ? [`${plan.unit} is in ${fromCwd(place, plan.folder)} already: nothing to do.`]
      : [
          plan.unit,
          ...created.map(({ path }) => `  + ${fromCwd(place, path)}`),
          'next:',
          ...nextSteps(plan).map((step) => `  ${step}`),
        ];
  return `${lines.join('\n')}\n`;
}

function createdOf({ files }: EjectPlan): EjectPlan['files'] {
  return files.filter(({ action }) => action === 'create');
}

function nextSteps({ unit }: EjectPlan): readonly string[] {
  const [kind, id] = unit.split('/');
  return [
    'Change the copy, and raise "version" in its manifest: what was generated before is then offered the update.',
    kind === 'patterns' ? `patternsmith plan ${id}` : 'patternsmith status',
    'Commit .patternsmith/templates: whoever works on the project then generates from it.',
  ];
}
