import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { pathProblem } from '../plan/paths.ts';
import type { ProjectProfile } from '../project/types.ts';
import { UsageError } from './errors.ts';

/** Where the command works. */
export interface Workplace {
  /** Absolute. Of what is outside of `cwd`, only configuration is read: what a package shares with its workspace. */
  readonly root: string;
  /** The folder that was named, relative to the root, POSIX. Nothing is written outside of it. */
  readonly cwd: string;
}

/**
 * A package is seen with the workspace and the repository around it; any other folder by itself, so that a command in a folder
 * without package.json never writes into a package above it.
 * @throws UsageError when there is no such folder
 */
export async function workplace(dir: string): Promise<Workplace> {
  const cwd = await realFolder(dir).catch(() => undefined);
  if (cwd === undefined) {
    throw new UsageError(`There is no folder "${dir}".`, 'Name your project with --cwd.');
  }
  const root = (await exists(join(cwd, 'package.json'))) ? await outermost(cwd) : cwd;
  return { root, cwd: relative(root, cwd).split(sep).join('/') };
}

/** Undefined for what is no folder; rejects where there is nothing, as in a working directory that was deleted. */
async function realFolder(dir: string): Promise<string | undefined> {
  const path = await realpath(resolve(dir));
  return (await stat(path)).isDirectory() ? path : undefined;
}

async function outermost(package_: string): Promise<string> {
  let root = package_;
  for (let at = package_; ; at = dirname(at)) {
    if (await exists(join(at, '.git'))) return at;
    if (await isWorkspace(at)) root = at;
    if (dirname(at) === at) return root;
  }
}

async function isWorkspace(dir: string): Promise<boolean> {
  if (await exists(join(dir, 'pnpm-workspace.yaml'))) return true;
  const text = await readFile(join(dir, 'package.json'), 'utf8').catch(() => '');
  return /"workspaces"\s*:/.test(text);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A path as it was named in the folder, as the root sees it. What leads out is left for the planner to refuse. */
export function fromRoot({ cwd }: Workplace, named: string): string {
  const path = sep === '\\' ? named.replaceAll(sep, '/') : named;
  const leads = /^([/\\]|[A-Za-z]:[\\/])/.test(path) || path.split(/[\\/]/).includes('..');
  return leads || cwd === '' ? path : posix.join(cwd, path);
}

/** The folder and those on the way from it to a path or a target, which may be in a package below. All of the root. */
export function foldersTo({ cwd }: Workplace, named: string | undefined): readonly string[] {
  const path = named?.replace(/:.*$/, '');
  const isBelow = path !== undefined && pathProblem(path) === undefined;
  const parts = isBelow ? posix.relative(`/${cwd}`, `/${path}`).split('/') : [];
  return [cwd, ...parts.map((_, index) => posix.join(cwd, ...parts.slice(0, index + 1)))];
}

/** A path of the root, as the folder sees it; `''` is the folder itself. */
export function fromCwd({ cwd }: Workplace, path: string): string {
  return posix.relative(`/${cwd}`, `/${path}`);
}

/** A message of the planner, with paths as the folder sees them. */
export function messageFromCwd({ cwd }: Workplace, text: string): string {
  return cwd === '' ? text : text.replaceAll(`${cwd}/`, '');
}

export function profileFromCwd(place: Workplace, profile: ProjectProfile): ProjectProfile {
  const from = (path: string): string => fromCwd(place, path);
  return {
    ...profile,
    packageDir: from(profile.packageDir),
    tsconfig: profile.tsconfig === undefined ? undefined : from(profile.tsconfig),
    sourceDir: from(profile.sourceDir),
    outDir: from(profile.outDir),
    testDir: profile.testDir === undefined ? undefined : from(profile.testDir),
    workspaceDir: from(profile.workspaceDir),
    aliases: profile.aliases.map(({ prefix, dir }) => ({ prefix, dir: from(dir) })),
    entries: profile.entries.map(from),
    notes: profile.notes.map((note) => messageFromCwd(place, note)),
  };
}
