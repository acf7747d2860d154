import { unifiedDiff } from '../plan/diff.ts';
import type {
  ChangePlan,
  LifecyclePlan,
  PlannedFile,
  PlannedWiring,
  ScaffoldPlan,
} from '../plan/types.ts';
import { fromCwd, messageFromCwd, profileFromCwd, type Workplace } from './workplace.ts';

/** What `--json` prints of `plan` and `add`: docs/architecture.md, section 6. Paths are relative to the folder that was named. */
export function planJson(plan: ScaffoldPlan, place: Workplace): object {
  return {
    pattern: plan.pattern,
    instance: plan.instance,
    engine: plan.engine,
    profile: profileFromCwd(place, plan.profile),
    files: filesJson(plan, place),
    dependencies: plan.dependencies,
    ...outcomeJson(plan, place),
  };
}

/** What `--json` prints of `update`, `remove` and `switch`. */
export function lifecycleJson({ plan, place, written }: LifecycleResult): object {
  return {
    change: plan.change,
    instances: plan.instances,
    written,
    profile: profileFromCwd(place, plan.profile),
    files: filesJson(plan, place),
    dependencies: plan.dependencies,
    conflicts: plan.conflicts.map(({ path, regions }) => ({ path: fromCwd(place, path), regions })),
    ...outcomeJson(plan, place),
  };
}

function filesJson({ files }: ChangePlan, place: Workplace): readonly object[] {
  return files.map((file) => {
    const seen = { ...file, path: fromCwd(place, file.path) };
    return { path: seen.path, action: seen.action, diff: unifiedDiff(seen) };
  });
}

function outcomeJson(plan: ChangePlan, place: Workplace): object {
  return {
    wiring: plan.wiring.map((wiring) => ({ ...wiring, file: fromCwd(place, wiring.file) })),
    commands: plan.commands,
    warnings: plan.warnings.map((warning) => messageFromCwd(place, warning)),
  };
}

/** The diffs of what changes, without the bookkeeping's copies of it. */
export function diffText(plan: ChangePlan, place: Workplace): string {
  return plan.files
    .filter((file) => !isCopy(file.path))
    .map((file) => unifiedDiff({ ...file, path: fromCwd(place, file.path) }))
    .join('');
}

/** The files that change, and how many copies of them are kept for later updates. */
export function changesOf({ files }: ChangePlan): {
  readonly shown: readonly PlannedFile[];
  readonly copies: number;
} {
  const changes = files.filter(({ action }) => action !== 'same');
  const shown = changes.filter(({ path }) => !isCopy(path));
  return { shown, copies: changes.length - shown.length };
}

/** What changes, what is wired, what is left to do. */
export function summaryText(plan: ScaffoldPlan, place: Workplace): string {
  return summaryOf(`${plan.instance} (${plan.engine})`, plan, place, [
    `${plan.instance} is up to date: nothing to do.`,
  ]);
}

export interface LifecycleResult {
  readonly plan: LifecyclePlan;
  readonly place: Workplace;
  readonly written: boolean;
}

/** The same for what is there already. */
export function lifecycleText({ plan, place, written }: LifecycleResult): string {
  const names = plan.instances.join(', ');
  const title = { update: 'update', remove: 'remove', switch: 'switch engine of' }[plan.change];
  if (plan.wiring.some(({ status }) => status === 'manual')) {
    return summaryOf(`${title} ${names}: nothing was written`, plan, place, [
      `${names} stays as it is: take this out by hand first, then remove it again.`,
    ]);
  }
  const text = summaryOf(`${title} ${names}`, plan, place, [
    names === '' ? 'Nothing was scaffolded here.' : `${names}: nothing to do.`,
  ]);
  if (plan.conflicts.length === 0) return text;
  return `${text}${
    written
      ? 'Settle the conflict markers in these files; what you had and what is new stand between them.'
      : 'Nothing was written. Write --conflicts markers to get both versions into the files, or update in the editor, which opens its merge editor.'
  }\n`;
}

function summaryOf(
  title: string,
  plan: ChangePlan,
  place: Workplace,
  nothing: readonly string[],
): string {
  const { shown, copies } = changesOf(plan);
  const sign = { create: '+', edit: '~', delete: '-', same: ' ' };
  const lines = [
    ...(shown.length + copies === 0 ? nothing : [title]),
    ...shown.map((file) => `  ${sign[file.action]} ${fromCwd(place, file.path)}`),
    ...(copies > 0 ? [copiesLine(plan, copies)] : []),
    ...plan.wiring.flatMap((wiring) => wiringLines(wiring, plan, place)),
    ...packageLines(plan),
    ...[...plan.warnings, ...plan.profile.notes].map(
      (text) => `note: ${messageFromCwd(place, text)}`,
    ),
    ...(plan.commands.length > 0
      ? ['next:', ...plan.commands.map((command) => `  ${command}`)]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function copiesLine({ files }: ChangePlan, copies: number): string {
  const isGone = files.some(({ action, path }) => action === 'delete' && isCopy(path));
  return isGone
    ? `  ~ ${copies} files in .patternsmith/`
    : `  + ${copies} files in .patternsmith/ for later updates`;
}

function wiringLines(wiring: PlannedWiring, plan: ChangePlan, place: Workplace): readonly string[] {
  const file = fromCwd(place, wiring.file);
  switch (wiring.status) {
    case 'wired':
      return [`wired ${file}: ${wiring.summary ?? ''}`];
    case 'unwired':
      return [`unwired ${file}${wiring.summary === undefined ? '' : `: ${wiring.summary}`}`];
    case 'already':
      return [`${file} ${alreadyText(plan, wiring)}`];
    case 'manual':
      return [
        `left to do by hand${wiring.line === undefined ? '' : ` in ${file}:${wiring.line}`}: ${messageFromCwd(place, wiring.reason ?? '')}`,
        ...(wiring.snippet ?? '').split('\n').map((line) => `    ${line}`),
      ];
  }
}

function alreadyText(plan: ChangePlan, { summary }: PlannedWiring): string {
  if (summary !== undefined) return `has ${summary} already`;
  return 'change' in plan ? 'is not wired any more' : 'is wired already';
}

function packageLines({ dependencies: { add, dev, remove = [] } }: ChangePlan): readonly string[] {
  return [
    ...remove.map((name) => `package ${name} taken out`),
    ...Object.entries(add).map(([name, range]) => `package ${name} ${range}`),
    ...Object.entries(dev).map(([name, range]) => `package ${name} ${range} (for development)`),
  ];
}

/** Copies for a later update repeat what is shown already. */
function isCopy(path: PlannedFile['path']): boolean {
  return /(^|\/)\.patternsmith\/(base|wiring)\//.test(path);
}
