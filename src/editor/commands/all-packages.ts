import * as vscode from 'vscode';
import type { LifecyclePlan } from '../../plan/types.ts';
import { errorText, isPlanError, UserError } from '../errors.ts';
import { placeText } from '../instances.ts';
import type { PackageInstances } from '../instances.ts';

/**
 * One plan for several packages of a workspace folder, to be shown, written and undone as one. A package that cannot be planned stays as it is
 * and is named in the warnings; where none can, the first reason is thrown.
 */
export async function planTogether(
  packages: readonly PackageInstances[],
  planOne: (of: PackageInstances) => Promise<LifecyclePlan>,
): Promise<LifecyclePlan> {
  const plans: LifecyclePlan[] = [];
  const failures: unknown[] = [];
  const warnings: string[] = [];
  for (const of of packages) {
    try {
      if (of.problem !== undefined) throw new UserError(of.problem, '');
      plans.push(await planOne(of));
    } catch (error) {
      const isTold = isPlanError(error) || error instanceof UserError;
      if (!isTold || (isPlanError(error) && error.code === 'CANCELLED')) throw error;
      failures.push(error);
      warnings.push(vscode.l10n.t('{0} stays as it is. {1}', placeText(of), errorText(error)));
    }
  }
  const [first, ...more] = plans;
  if (!first) throw failures[0];
  return more.length === 0 && warnings.length === 0 ? first : joined([first, ...more], warnings);
}

function joined(plans: readonly [LifecyclePlan, ...LifecyclePlan[]], warnings: readonly string[]) {
  const files = plans.flatMap((plan) => plan.files);
  const changed = files.filter(({ action }) => action !== 'same').map(({ path }) => path);
  const shared = changed.find((path, index) => changed.indexOf(path) !== index);
  if (shared !== undefined) {
    throw new UserError(
      vscode.l10n.t('Several packages would change {0}; nothing was written.', shared),
      vscode.l10n.t('Update one package after the other.'),
    );
  }
  const { change, profile } = plans[0];
  const remove = plans.flatMap(({ dependencies }) => dependencies.remove ?? []);
  return {
    change,
    profile,
    instances: plans.flatMap(({ instances }) => instances),
    conflicts: plans.flatMap(({ conflicts }) => conflicts),
    files: (['create', 'edit', 'delete', 'same'] as const).flatMap((action) =>
      files.filter((file) => file.action === action),
    ),
    dependencies: {
      add: Object.assign({}, ...plans.map(({ dependencies }) => dependencies.add)),
      dev: Object.assign({}, ...plans.map(({ dependencies }) => dependencies.dev)),
      ...(remove.length > 0 ? { remove: [...new Set(remove)] } : {}),
    },
    wiring: plans.flatMap(({ wiring }) => wiring),
    commands: [...new Set(plans.flatMap(({ commands }) => commands))],
    warnings: [...plans.flatMap((plan) => plan.warnings), ...warnings],
  } satisfies LifecyclePlan;
}
