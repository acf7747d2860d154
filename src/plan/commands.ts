import { posix } from 'node:path';
import { isWithin } from '../project/reader.ts';
import type { ProjectProfile } from '../project/types.ts';

type Facts = Pick<
  ProjectProfile,
  'packageManager' | 'packageDir' | 'workspaceDir' | 'testRunner' | 'importExtension'
> &
  Partial<Pick<ProjectProfile, 'language'>>;

export interface CommandFacts {
  /** Packages were added to package.json. */
  readonly install: boolean;
  /** `scripts.test` of the package. */
  readonly testScript: string | undefined;
}

/** How each package manager is told to work in another folder. */
const ELSEWHERE = { npm: '--prefix', pnpm: '--dir', yarn: '--cwd', bun: '--cwd' } as const;
const EXECUTE = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' } as const;

/** What `npm init` puts there. */
const NO_TEST = /no test specified/;

/**
 * What to run next, as typed in the folder `from`.
 * @param from relative to the root, like the profile's paths
 */
export function commandsFor(
  profile: Facts,
  { install, testScript }: CommandFacts,
  from = '',
): readonly string[] {
  // Inside of a workspace every package manager finds the root itself.
  const isInside = isWithin(from, profile.packageDir);
  const installDir = isInside ? from : profile.workspaceDir;
  return [
    ...(install ? [withDir(profile, 'install', installDir, from)] : []),
    testCommand(profile, testScript, from),
  ];
}

function testCommand(profile: Facts, script: string | undefined, from: string): string {
  const { packageManager, testRunner, packageDir } = profile;
  if (script !== undefined && !NO_TEST.test(script)) {
    return withDir(profile, packageManager === 'bun' ? 'run test' : 'test', packageDir, from);
  }
  // Node takes types out of its own accord, but finds no `x.ts` by the name of `./x.js` or `./x`.
  const runs = profile.language === 'javascript' || profile.importExtension === '.ts';
  const node = runs ? '' : 'tsx --test';
  const run = { vitest: 'vitest run', jest: 'jest', mocha: 'mocha', 'node:test': node }[testRunner];
  const command = run === '' ? 'node --test' : `${EXECUTE[packageManager]} ${run}`;
  return packageDir === from ? command : `cd ${quoted(relative(from, packageDir))} && ${command}`;
}

function withDir({ packageManager }: Facts, verb: string, dir: string, from: string): string {
  if (dir === from) return `${packageManager} ${verb}`;
  return `${packageManager} ${ELSEWHERE[packageManager]} ${quoted(relative(from, dir))} ${verb}`;
}

function relative(from: string, to: string): string {
  return posix.relative(`/${from}`, `/${to}`) || '.';
}

function quoted(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : `"${path.replace(/(["$`\\])/g, '\\$1')}"`;
}
