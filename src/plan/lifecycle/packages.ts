import { posix } from 'node:path';
import { emptiedSections } from '../config/config-key.ts';
import { type Declared, DEPENDENCY_SECTIONS, planDependencies } from '../dependencies.ts';
import { EditedText } from '../edited-text.ts';
import { declare, declaredIn, scriptIn, undeclare } from '../package-json.ts';
import type { InstanceRecord } from '../receipt.ts';
import type { ChangePlan } from '../types.ts';
import { packageOf, type Use } from './importers.ts';
import type { LifecycleTools } from './tools.ts';

export interface PackageChanges {
  /** With the packages. */
  readonly packageJson: EditedText;
  readonly dependencies: ChangePlan['dependencies'];
  /** For the receipt. */
  readonly records: Readonly<Record<string, string | undefined>>;
  readonly testScript: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * package.json with the packages that the instances need afterwards: new ones are declared, and those that were declared for code that is
 * gone are taken out, unless something else imports them or somebody has changed their range.
 * @param instances all that are left
 * @param uses what is imported in the package afterwards; undefined where nothing goes, so that no package can be in excess
 */
export async function planPackages(
  { files, catalog, profile, ledger }: LifecycleTools,
  instances: readonly InstanceRecord[],
  uses: readonly Use[] | undefined,
): Promise<PackageChanges> {
  const before = (await files.read(posix.join(profile.packageDir, 'package.json'))) ?? '{}';
  const declared = declaredIn(before);
  const needed = new Set(instances.flatMap((record) => record.uses));
  const specs = [...needed].flatMap((unit) => {
    const adapter = catalog.adapters.get(unit.replace(/^engines\//, ''));
    return adapter ? [adapter.dependencies] : [];
  });
  const { add, warnings } =
    instances.length === 0 ? { add: {}, warnings: [] } : planDependencies(specs, declared, profile);
  const wanted = new Set(specs.flatMap((spec) => Object.keys(spec)));
  const inUse = new Set(uses?.map(packageOf));
  const excess = [...ledger.receipt.dependencies].filter(
    ([name]) =>
      uses !== undefined &&
      !wanted.has(name) &&
      // Types and test tools serve all instances.
      (instances.length === 0 || !isForDevelopment(name, declared)),
  );
  const mayGo = excess.filter(
    ([name, range]) => !inUse.has(name) && rangesOf(name, declared).every((it) => it === range),
  );
  const remove = mayGo.map(([name]) => name);
  const edited = new EditedText(before);
  declare(edited, { add, dev: {} });
  undeclare(edited, remove, emptiedSections(ledger.receipt.config));
  return {
    packageJson: edited,
    dependencies: { add, dev: {}, ...(remove.length === 0 ? {} : { remove }) },
    records: {
      ...add,
      ...Object.fromEntries(excess.map(([name]) => [name, undefined])),
    },
    testScript: scriptIn(before, 'test'),
    warnings: [
      ...warnings,
      ...excess
        .filter(([name]) => !remove.includes(name) && rangesOf(name, declared).length > 0)
        .map(
          ([name]) =>
            `${name} stays in package.json: ${inUse.has(name) ? 'other code imports it' : 'its range was changed by hand'}.`,
        ),
    ],
  };
}

function isForDevelopment(name: string, declared: Declared): boolean {
  return Object.hasOwn(declared.devDependencies, name);
}

function rangesOf(name: string, declared: Declared): readonly string[] {
  return DEPENDENCY_SECTIONS.flatMap((section) =>
    Object.hasOwn(declared[section], name) ? [declared[section][name] ?? ''] : [],
  );
}
