import type * as EngineModule from '../engine.ts';
import type { InstanceStatus } from '../plan/status.ts';
import { type Io, printJson } from './io.ts';
import { ownTemplates } from './own-templates.ts';
import type { Arguments } from './usage.ts';
import { settleInterrupted } from './scaffold.ts';
import { fromCwd, messageFromCwd, workplace, type Workplace } from './workplace.ts';

/** `status`. @returns the exit code */
export async function status(
  engineModule: typeof EngineModule,
  templatesDir: string,
  args: Arguments,
  io: Io,
): Promise<number> {
  const { createEngine, diskFiles } = engineModule;
  const { words, cwd, json } = args;
  const place = await workplace(cwd ?? '.');
  await settleInterrupted(engineModule, {}, place, { ...args, dryRun: true }, io);
  const engine = createEngine({ templatesDir, ownTemplates: await ownTemplates(place, args) });
  const instances = await engine.status(diskFiles(place.root), place.cwd, words[0]);
  if (json)
    printJson(
      io,
      instances.map((instance) => seenFromCwd(instance, place)),
    );
  else
    io.out.write(
      instances.length === 0 ? 'Nothing was scaffolded here.\n' : text(instances, place),
    );
  return 0;
}

function seenFromCwd(instance: InstanceStatus, place: Workplace): InstanceStatus {
  const files = instance.files.map((file) => ({ ...file, path: fromCwd(place, file.path) }));
  const notes = instance.notes.map((note) => messageFromCwd(place, note));
  return { ...instance, files, notes };
}

function text(instances: readonly InstanceStatus[], place: Workplace): string {
  const lines = instances.flatMap(({ instance, engine, target, state, update, files, notes }) => [
    `${instance} (${engine}${target === undefined ? '' : `, ${target}`}): ${state}${update === undefined ? '' : `, update ${update} available`}`,
    ...files
      .filter((file) => file.state !== 'clean')
      .map((file) => `  ${file.state} ${fromCwd(place, file.path)}`),
    ...notes.map((note) => `  ${messageFromCwd(place, note)}`),
  ]);
  return `${lines.join('\n')}\n`;
}
