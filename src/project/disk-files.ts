import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { ProjectError } from './errors.ts';
import type { ProjectFiles } from './types.ts';

/** Larger files are not source: reading one is refused with `UNREADABLE`. In bytes. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/**
 * `ProjectFiles` over a folder on disk. A path that leaves the folder, in itself or through a link, throws
 * `ProjectError` `OUTSIDE_WORKSPACE`. A file that is there but is not text throws `UNREADABLE`: to answer
 * "there is none" would invite a caller to create it.
 *
 * Reads at once and not in turns of the event loop: these are few and small files, and 94 such reads took 7 ms of CPU so, 15 in turns.
 * Only the command line reads a project so; the editor asks VS Code.
 */
export function diskFiles(root: string, maxFileBytes = MAX_FILE_BYTES): ProjectFiles {
  let realRoot: string | undefined;

  /** The file that `path` stands for, links resolved; undefined when there is none. */
  function locate(path: string): string | undefined {
    const wanted = resolve(root, confined(path));
    const real = orAbsent(() => realpathSync.native(wanted), path);
    if (real === undefined) return undefined;
    realRoot ??= realpathSync.native(root);
    if (isBelow(realRoot, real)) return real;
    throw outside(path, 'is a link that leads out of the workspace');
  }

  return {
    async read(path) {
      const real = locate(path);
      const info = real === undefined ? undefined : orAbsent(() => statSync(real), path);
      if (real === undefined || !info || info.isDirectory()) return undefined;
      if (!info.isFile()) throw unreadable(path, 'is not a regular file');
      if (info.size > maxFileBytes) throw unreadable(path, `is larger than ${maxFileBytes} bytes`);
      const bytes = orAbsent(() => readFileSync(real), path);
      return bytes && decode(bytes, path);
    },

    async list(dir) {
      const real = locate(dir);
      if (real === undefined) return [];
      const entries = orAbsent(() => readdirSync(real, { withFileTypes: true }), dir) ?? [];
      return entries.map((entry) => {
        const isFolder = entry.isSymbolicLink()
          ? leadsToFolder(resolve(real, entry.name))
          : entry.isDirectory();
        return isFolder ? `${entry.name}/` : entry.name;
      });
    },
  };
}

/** The path, normalised; throws when it does not stay below the root. */
function confined(path: string): string {
  const normal = posix.normalize(path === '' ? '.' : path);
  const leaves = normal === '..' || normal.startsWith('../');
  if (leaves || posix.isAbsolute(normal) || isAbsolute(normal) || normal.includes('\0')) {
    throw outside(path, 'leaves the workspace');
  }
  if (sep === '\\' && normal.includes('\\')) throw outside(path, 'is not a POSIX path');
  return normal;
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false;
  }
}

function orAbsent<T>(read: () => T, path: string): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(path, `cannot be read (${String(code ?? error)})`);
  }
}

function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadable(path, 'is not UTF-8 text');
  }
}

function outside(path: string, why: string): ProjectError {
  return new ProjectError(
    'OUTSIDE_WORKSPACE',
    `${path} ${why}.`,
    'Name a path inside the workspace.',
  );
}

function unreadable(path: string, why: string): ProjectError {
  return new ProjectError(
    'UNREADABLE',
    `${path} ${why}.`,
    'Choose another file, or make this one readable UTF-8 text.',
  );
}
