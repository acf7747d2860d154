import { unifiedDiff } from '../plan/diff.ts';
import type { PlannedFile, PlannedWiring, ScaffoldPlan } from '../plan/types.ts';
import { fromCwd, messageFromCwd, profileFromCwd, type Workplace } from './workplace.ts';

/** What `--json` prints of `plan` and `add`: docs/architecture.md, section 6. Paths are relative to the folder that was named. */
export function planJson(plan: ScaffoldPlan, place: Workplace): object {
  return {
    pattern: plan.pattern,
    instance: plan.instance,
    engine: plan.engine,
    profile: profileFromCwd(place, plan.profile),
    files: plan.files.map((file) => {
      const seen = { ...file, path: fromCwd(place, file.path) };
      return { path: seen.path, action: seen.action, diff: unifiedDiff(seen) };
    }),
    dependencies: plan.dependencies,
    wiring: plan.wiring.map((wiring) => ({ ...wiring, file: fromCwd(place, wiring.file) })),
    commands: plan.commands,
    warnings: plan.warnings.map((warning) => messageFromCwd(place, warning)),
  };
}

/** The diffs of what changes, without the bookkeeping's copies of it. */
export function diffText(plan: ScaffoldPlan, place: Workplace): string {
  return plan.files
    .filter((file) => !isCopy(file.path))
    .map((file) => unifiedDiff({ ...file, path: fromCwd(place, file.path) }))
    .join('');
}

/** The files that change, and how many copies of them are kept for later updates. */
export function changesOf({ files }: ScaffoldPlan): {
  readonly shown: readonly PlannedFile[];
  readonly copies: number;
} {
  const changes = files.filter(({ action }) => action !== 'same');
  const shown = changes.filter(({ path }) => !isCopy(path));
  return { shown, copies: changes.length - shown.length };
}

/** What changes, what is wired, what is left to do. */
export function summaryText(plan: ScaffoldPlan, place: Workplace): string {
  const { shown, copies } = changesOf(plan);
  const lines = [
    shown.length + copies === 0
      ? `${plan.instance} is up to date: nothing to do.`
      : `${plan.instance} (${plan.engine})`,
    ...shown.map(
      (file) => `  ${file.action === 'create' ? '+' : '~'} ${fromCwd(place, file.path)}`,
    ),
    ...(copies > 0 ? [`  + ${copies} files in .patternsmith/ for later updates`] : []),
    ...plan.wiring.flatMap((wiring) => wiringLines(wiring, place)),
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

function wiringLines(wiring: PlannedWiring, place: Workplace): readonly string[] {
  const file = fromCwd(place, wiring.file);
  switch (wiring.status) {
    case 'wired':
      return [`wired ${file}: ${wiring.summary ?? ''}`];
    case 'unwired':
      return [`unwired ${file}`];
    case 'already':
      return [`${file} is wired already`];
    case 'manual':
      return [
        `left to do by hand in ${file}:${wiring.line ?? 1}: ${wiring.reason ?? ''}`,
        ...(wiring.snippet ?? '').split('\n').map((line) => `    ${line}`),
      ];
  }
}

function packageLines({ dependencies: { add, dev } }: ScaffoldPlan): readonly string[] {
  return [
    ...Object.entries(add).map(([name, range]) => `package ${name} ${range}`),
    ...Object.entries(dev).map(([name, range]) => `package ${name} ${range} (for development)`),
  ];
}

/** Copies for a later update repeat what is shown already. */
function isCopy(path: PlannedFile['path']): boolean {
  return /(^|\/)\.patternsmith\/(base|wiring)\//.test(path);
}
