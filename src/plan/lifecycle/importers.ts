import { posix } from 'node:path';
import { join } from '../../project/reader.ts';
import type { ProjectFiles, ProjectProfile } from '../../project/types.ts';

/** One import statement, or call of `require` or `import`. */
export interface Use {
  /** Workspace path of the file in which it stands. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Its line. */
  readonly text: string;
  /** As it is written: `./users.js`, `redis`. */
  readonly specifier: string;
}

const SOURCE = /\.([mc]?[jt]sx?|vue|svelte)$/;
/** Dependencies, what tools have made, and what begins with a dot. */
const SKIPPED = /^(node_modules|dist|build|out|coverage|\..*)\/$/;
const MAX_FILES = 50_000;
const AT_ONCE = 32;

/** Workspace paths of a package's own source files. */
export async function sourceFiles(files: ProjectFiles, dir: string): Promise<readonly string[]> {
  const found: string[] = [];
  const pending = [dir];
  for (let at = pending.pop(); at !== undefined && found.length < MAX_FILES; at = pending.pop()) {
    for (const name of await files.list(at)) {
      if (SOURCE.test(name)) found.push(join(at, name));
      else if (name.endsWith('/') && !SKIPPED.test(name)) pending.push(join(at, name));
    }
  }
  return found;
}

/**
 * What the package's source files import.
 * @param texts of files that a plan changes, as they will be; undefined for those that it deletes
 */
export async function usesIn(
  files: ProjectFiles,
  packageDir: string,
  texts: ReadonlyMap<string, string | undefined>,
): Promise<readonly Use[]> {
  const paths = await sourceFiles(files, packageDir);
  const uses: Use[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE);
    const found = await Promise.all(
      some.map(async (path) => {
        const text = texts.has(path) ? texts.get(path) : await files.read(path);
        return text === undefined ? [] : usesOf(path, text);
      }),
    );
    uses.push(...found.flat());
  }
  return uses;
}

/** Read from the text alone: at worst something that stands in a comment counts as a use, and a file stays that could have gone. */
export function usesOf(file: string, text: string): readonly Use[] {
  return [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g)].map(
    ({ index, 2: specifier = '' }) => {
      const start = text.lastIndexOf('\n', index) + 1;
      const end = text.indexOf('\n', index);
      return {
        file,
        line: text.slice(0, index).split('\n').length,
        text: text.slice(start, end === -1 ? undefined : end).trim(),
        specifier,
      };
    },
  );
}

/** The one of some files that an import means. */
export function targetOf(
  { file, specifier }: Use,
  paths: ReadonlyMap<string, string>,
  { aliases }: Pick<ProjectProfile, 'aliases'>,
): string | undefined {
  const alias = aliases.find(({ prefix }) => prefix !== '' && specifier.startsWith(prefix));
  const path = specifier.startsWith('.')
    ? join(posix.dirname(file), specifier)
    : alias && join(alias.dir, specifier.slice(alias.prefix.length));
  return path === undefined ? undefined : (paths.get(stem(path)) ?? paths.get(`${path}/index`));
}

/** Files by their path without extension, for `targetOf`. */
export function byStem(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(paths.map((path) => [stem(path), path]));
}

function stem(path: string): string {
  return path.replace(/(\.d)?\.[mc]?[jt]sx?$/, '');
}

/** The package that an import means; undefined for files and Node's own modules. */
export function packageOf({ specifier }: Pick<Use, 'specifier'>): string | undefined {
  if (/^[./#]|^node:/.test(specifier)) return undefined;
  const [first = '', second] = specifier.split('/');
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
}
