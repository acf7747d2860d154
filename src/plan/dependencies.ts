import semver from 'semver';
import type { DependencySpec } from '../catalog/types.ts';
import type { ProjectProfile } from '../project/types.ts';

export interface DependencyPlan {
  readonly add: Readonly<Record<string, string>>;
  readonly dev: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** What a package.json declares, by section. */
export type Declared = Readonly<Record<DependencySection, Readonly<Record<string, string>>>>;
export type DependencySection = (typeof DEPENDENCY_SECTIONS)[number];
export const DEPENDENCY_SECTIONS = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
] as const;

type Facts = Pick<ProjectProfile, 'nodeMajor' | 'testRunner' | 'packageManager'> &
  Partial<Pick<ProjectProfile, 'language'>>;

/**
 * The packages to declare. What is declared already, in whichever section and range, is left as it is.
 * @param root what the workspace's root declares; tools for development are often declared there only
 */
export function planDependencies(
  specs: readonly DependencySpec[],
  declared: Declared,
  profile: Facts,
  root: Declared = declared,
): DependencyPlan {
  const add: Record<string, string> = {};
  const warnings: string[] = [];
  for (const [name, ranges] of specs.flatMap((spec) => Object.entries(spec))) {
    const existing = rangeOf(name, declared);
    if (existing !== undefined) {
      warnings.push(...misfits(name, existing, ranges, declared));
      continue;
    }
    const fit = ranges.find(({ node }) => node <= profile.nodeMajor);
    const chosen = fit ?? ranges.at(-1);
    if (chosen === undefined) continue;
    add[name] = chosen.range;
    if (fit === undefined) {
      warnings.push(
        `${name} ${chosen.range} needs Node ${chosen.node}; the project says that it runs on ${profile.nodeMajor}.`,
      );
    }
  }
  return { add, dev: developmentPackages([declared, root], profile), warnings };
}

function misfits(
  name: string,
  existing: string,
  ranges: DependencySpec[string],
  declared: Declared,
): readonly string[] {
  const wanted = ranges.map(({ range }) => range);
  const warnings: string[] = [];
  if (!wanted.some((range) => overlaps(range, existing))) {
    warnings.push(
      `The project has ${name} ${existing}; the generated code was written for ${wanted.join(' or ')}. The range was left as it is.`,
    );
  }
  if (
    DEPENDENCY_SECTIONS.every(
      (section) => section === 'devDependencies' || !Object.hasOwn(declared[section], name),
    )
  ) {
    warnings.push(
      `${name} is a development dependency; the generated code needs it in production.`,
    );
  }
  return warnings;
}

function developmentPackages(
  declared: readonly Declared[],
  profile: Facts,
): Readonly<Record<string, string>> {
  const find = (name: string) =>
    declared.map((each) => rangeOf(name, each)).find((range) => range !== undefined);
  const dev: Record<string, string> = {};
  if (profile.language !== 'javascript' && find('@types/node') === undefined) {
    dev['@types/node'] = `^${profile.nodeMajor}.0.0`;
  }
  // pnpm does not hoist: what jest itself depends on cannot be imported from a test.
  const jest =
    profile.packageManager === 'pnpm' && profile.testRunner === 'jest' ? find('jest') : undefined;
  if (jest !== undefined && find('@jest/globals') === undefined) dev['@jest/globals'] = jest;
  return dev;
}

function rangeOf(name: string, declared: Declared): string | undefined {
  for (const section of DEPENDENCY_SECTIONS) {
    if (Object.hasOwn(declared[section], name)) return declared[section][name];
  }
  return undefined;
}

/** True too for what is no range, such as `workspace:*` or a tag: nothing is known against it. */
function overlaps(wanted: string, existing: string): boolean {
  return semver.validRange(existing) === null || semver.intersects(wanted, existing);
}
