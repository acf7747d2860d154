import picomatch from 'picomatch';
import { asObject, asString, asStrings, isObject, type JsonObject } from './json.ts';
import { readPackage, type Package } from './package.ts';
import { below, join, upwards, type Reader } from './reader.ts';
import type { ProjectProfile } from './types.ts';

type PackageManager = ProjectProfile['packageManager'];

/** The folder that packages are installed from, and with what. */
export interface Workspace {
  readonly dir: string;
  readonly manager: PackageManager;
  /** The root's package.json, when it is not the package's own. */
  readonly root: Package | undefined;
}

const LOCK_FILES: Readonly<Record<string, PackageManager>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'pnpm-workspace.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};
/** As many as a message can show. */
const MAX_MEMBERS = 10;
const MANAGERS: readonly PackageManager[] = ['npm', 'pnpm', 'yarn', 'bun'];

/** A folder above counts when its `workspaces` take the package in; a lock file that merely lies above does not. */
export async function findWorkspace(reader: Reader, found: Package): Promise<Workspace> {
  const dir = await workspaceDir(reader, found.dir);
  const root = dir === found.dir ? undefined : await readPackage(reader, dir);
  const declared = declaredManager(found) ?? declaredManager(root);
  const locked = await lockedManager(reader, dir);
  if (!declared && !locked) {
    reader.note('No lock file and no "packageManager" were found: npm is assumed.');
  }
  return { dir, manager: declared ?? locked ?? 'npm', root };
}

async function workspaceDir(reader: Reader, packageDir: string): Promise<string> {
  if (await ownsInstall(reader, packageDir)) return packageDir;
  for (const dir of upwards(packageDir).slice(1)) {
    const patterns = await workspacePatterns(reader, dir);
    const members = patterns.filter((pattern) => !pattern.startsWith('!'));
    const path = below(dir, packageDir);
    if (members.length > 0 && picomatch.isMatch(path, members.map(clean))) return dir;
  }
  return packageDir;
}

async function ownsInstall(reader: Reader, dir: string): Promise<boolean> {
  const names = await reader.list(dir);
  return names.some((name) => name in LOCK_FILES);
}

function clean(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/$/, '');
}

async function workspacePatterns(reader: Reader, dir: string): Promise<readonly string[]> {
  const pnpm = await parseYaml(await reader.read(join(dir, 'pnpm-workspace.yaml')));
  const json = await reader.optionalJson(join(dir, 'package.json'));
  const field = json?.['workspaces'];
  return [
    ...asStrings(pnpm?.['packages']),
    ...asStrings(isObject(field) ? field['packages'] : field),
  ];
}

/** Folders of the packages that a workspace root holds, for a reader to choose from; empty when it is no such root. */
export async function workspaceMembers(reader: Reader, dir: string): Promise<readonly string[]> {
  const patterns = (await workspacePatterns(reader, dir)).filter((p) => !p.startsWith('!'));
  const members = await Promise.all(
    patterns.map(async (pattern) => {
      const [folder, rest] = clean(pattern).split(/\/?\*/, 2);
      if (rest === undefined) return [join(dir, clean(pattern))];
      const names = await reader.list(join(dir, folder ?? ''));
      return names
        .filter((name) => name.endsWith('/'))
        .map((name) => join(dir, folder ?? '', name));
    }),
  );
  return members.flat().slice(0, MAX_MEMBERS);
}

function declaredManager(found: Package | undefined): PackageManager | undefined {
  const name = asString(found?.json['packageManager'])?.split('@')[0];
  return MANAGERS.find((manager) => manager === name);
}

async function lockedManager(reader: Reader, dir: string): Promise<PackageManager | undefined> {
  const names = await reader.list(dir);
  const locks = Object.keys(LOCK_FILES).filter((name) => names.includes(name));
  const managers = new Set(locks.map((name) => LOCK_FILES[name]));
  const first = locks[0];
  if (first !== undefined && managers.size > 1) {
    reader.note(`Lock files of several package managers were found: ${first} is taken.`);
  }
  return first === undefined ? undefined : LOCK_FILES[first];
}

/** A YAML object; undefined when there is none or it does not parse. Most projects have none, and the parser takes 9 ms to load. */
export async function parseYaml(text: string | undefined): Promise<JsonObject | undefined> {
  if (text === undefined) return undefined;
  const { parse } = await import('yaml');
  try {
    const value: unknown = parse(text, { logLevel: 'error' });
    return isObject(value) ? asObject(value) : undefined;
  } catch {
    return undefined;
  }
}

/** The range behind pnpm's `catalog:` and `catalog:name`; other ranges as they are. */
export async function catalogRange(
  reader: Reader,
  workspace: Workspace,
  name: string,
  range: string | undefined,
): Promise<string | undefined> {
  const catalog = range?.match(/^catalog:(.*)$/)?.[1];
  if (catalog === undefined) return range;
  const pnpm = await parseYaml(await reader.read(join(workspace.dir, 'pnpm-workspace.yaml')));
  const ranges =
    catalog === '' || catalog === 'default'
      ? (pnpm?.['catalog'] ?? asObject(pnpm?.['catalogs'])['default'])
      : asObject(pnpm?.['catalogs'])[catalog];
  return asString(asObject(ranges)[name]);
}
