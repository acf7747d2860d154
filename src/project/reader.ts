import { posix } from 'node:path';
import { ProjectError } from './errors.ts';
import { parseJsonc, type JsonObject } from './json.ts';
import type { ProjectFiles } from './types.ts';

/**
 * One profile's view of the project: every file and folder is read once, what cannot be read counts as absent
 * and is noted. Paths that leave the root are absent too, so that walking up and `extends` end there.
 */
export class Reader {
  readonly notes: string[] = [];
  readonly #files: ProjectFiles;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  readonly #folders = new Map<string, Promise<readonly string[]>>();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  read(path: string): Promise<string | undefined> {
    return remember(this.#texts, path, async () => {
      if (leavesRoot(path)) return undefined;
      try {
        return await this.#files.read(path);
      } catch (error) {
        if (!(error instanceof ProjectError)) throw error;
        this.note(`${error.message} It was left out of account.`);
        return undefined;
      }
    });
  }

  /** Names in a folder, folders with a trailing `/`, in order; empty when there is none. */
  list(dir: string): Promise<readonly string[]> {
    return remember(this.#folders, dir, async () => {
      if (leavesRoot(dir)) return [];
      return [...(await this.#files.list(dir))].sort();
    });
  }

  async has(path: string): Promise<boolean> {
    const dir = parentDir(path);
    if (dir === undefined) return true;
    const names = await this.list(dir);
    const name = posix.basename(path);
    return names.includes(name) || names.includes(`${name}/`);
  }

  /** The object in a JSON file (comments allowed); undefined when there is no file. Throws `SYNTAX_ERROR`. */
  async json(path: string): Promise<JsonObject | undefined> {
    const text = await this.read(path);
    if (text === undefined) return undefined;
    const value = parseJsonc(text);
    if (value) return value;
    throw new ProjectError(
      'SYNTAX_ERROR',
      `${path} is not a valid JSON object.`,
      `Correct ${path}, then try again.`,
    );
  }

  /** Like `json`, for files that matter less: one that does not parse is noted and counts as absent. */
  async optionalJson(path: string): Promise<JsonObject | undefined> {
    const text = await this.read(path);
    if (text === undefined) return undefined;
    const value = parseJsonc(text);
    if (!value) this.note(`${path} is not a valid JSON object. It was left out of account.`);
    return value;
  }
}

/** Joins and normalises; `''` is the root. */
export function join(...parts: string[]): string {
  const path = posix.join(...parts).replace(/(?<=.)\/$/, '');
  return path === '.' ? '' : path;
}

export function leavesRoot(path: string): boolean {
  return path === '..' || path.startsWith('../') || posix.isAbsolute(path);
}

/** The folder above, `''` below the root, undefined at the root and outside of it. */
export function parentDir(path: string): string | undefined {
  if (path === '' || leavesRoot(path)) return undefined;
  const dir = posix.dirname(path);
  return dir === '.' ? '' : dir;
}

/** `path`, its parent, and so on up to and including `until`. */
export function upwards(path: string, until = ''): string[] {
  const dirs: string[] = [];
  for (let dir: string | undefined = path; dir !== undefined; dir = parentDir(dir)) {
    dirs.push(dir);
    if (dir === until) break;
  }
  return dirs;
}

/** Whether `path` is `dir` or stands below it. */
export function isWithin(path: string, dir: string): boolean {
  return dir === '' ? !leavesRoot(path) : path === dir || path.startsWith(`${dir}/`);
}

/** `path` as seen from the folder `dir` above it. */
export function below(dir: string, path: string): string {
  return posix.relative(`/${dir}`, `/${path}`);
}

function remember<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>) {
  let value = cache.get(key);
  if (!value) cache.set(key, (value = make()));
  return value;
}
