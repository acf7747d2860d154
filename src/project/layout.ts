import { asString } from './json.ts';
import type { Package } from './package.ts';
import { isWithin, join, upwards, type Reader } from './reader.ts';
import { isSource } from './sample.ts';
import { patternDir, type Tsconfig } from './tsconfig.ts';
import type { ProjectProfile } from './types.ts';

/** Folders that hold source, most usual first. */
const SOURCE_FOLDERS = ['src', 'source', 'app', 'server', 'lib'];
/** Folders that may have a tsconfig of their own without being a project. */
const SIDE_FOLDERS = /^(tests?|__tests__|specs?|e2e|scripts?|tools|bench|examples?|docs)$/;

/**
 * Folder of the project within its package: the package itself, or below it the folder with a tsconfig that `near`
 * stands in, as in Nest's and Nx's monorepos with one package.json.
 */
export async function projectDir(reader: Reader, found: Package, near: string): Promise<string> {
  for (const dir of upwards(near, found.dir)) {
    if (dir === found.dir) break;
    const names = await reader.list(dir);
    const isProject = names.some((name) => /^tsconfig(\.app)?\.json$/.test(name));
    const isSide = dir.split('/').some((part) => SIDE_FOLDERS.test(part));
    if (isProject && !isSide && !isSourceFolder(dir)) return dir;
  }
  return found.dir;
}

function isSourceFolder(dir: string): boolean {
  return SOURCE_FOLDERS.includes(dir.slice(dir.lastIndexOf('/') + 1));
}

/** Where the project's source stands, before its tsconfig is known. */
export async function likelySourceDir(
  reader: Reader,
  dir: string,
  near: string,
  language: ProjectProfile['language'],
): Promise<string | undefined> {
  const nest = await reader.optionalJson(join(dir, 'nest-cli.json'));
  const sourceRoot = asString(nest?.['sourceRoot']);
  const named = sourceRoot === undefined ? undefined : join(dir, sourceRoot);
  if (named !== undefined && isWithin(named, dir)) return named;
  const names = await reader.list(dir);
  const present = SOURCE_FOLDERS.filter((name) => names.includes(`${name}/`));
  const ofNear = present.find((name) => isWithin(near, join(dir, name)));
  if (ofNear !== undefined) return join(dir, ofNear);
  for (const name of present) {
    if (name === 'src' || (await holdsSources(reader, join(dir, name), language))) {
      return join(dir, name);
    }
  }
  return undefined;
}

/** The source folder that the tsconfig names, when the usual names did not tell. */
export function sourceDirOf(config: Tsconfig, dir: string): string {
  const rootDir = asString(config.options['rootDir']);
  const named = [...(rootDir === undefined ? [] : [rootDir]), ...config.include.map(patternDir)];
  return named.find((path) => path !== dir && isWithin(path, dir)) ?? dir;
}

async function holdsSources(
  reader: Reader,
  dir: string,
  language: ProjectProfile['language'],
): Promise<boolean> {
  const names = await reader.list(dir);
  if (names.some((name) => isSource(name, language))) return true;
  const folders = names.filter((name) => name.endsWith('/')).slice(0, 3);
  const below = await Promise.all(folders.map((name) => reader.list(join(dir, name))));
  return below.flat().some((name) => isSource(name, language));
}
