import { ProjectError } from '../../../src/project/errors.ts';
import type { ProjectFiles } from '../../../src/project/types.ts';

export interface MemoryFiles extends ProjectFiles {
  /** Paths asked for, in order; folders with a trailing `/`. */
  readonly accesses: string[];
}

export type MemoryTexts = Readonly<Record<string, string | object>>;

/** A project given as its files' texts by path; objects are written as JSON. */
export function memoryFiles(files: MemoryTexts): MemoryFiles {
  const accesses: string[] = [];
  const confined = (path: string): string => {
    if (path.startsWith('..') || path.startsWith('/')) {
      throw new ProjectError('OUTSIDE_WORKSPACE', `${path} leaves the workspace.`, '');
    }
    return path;
  };
  return {
    accesses,
    async read(path) {
      accesses.push(confined(path));
      const content = files[path];
      return typeof content === 'object' ? JSON.stringify(content) : content;
    },
    async list(dir) {
      accesses.push(`${confined(dir)}/`);
      const prefix = dir === '' ? '' : `${dir}/`;
      const rest = Object.keys(files)
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length));
      return [...new Set(rest.map((path) => path.replace(/\/.*/, '/')))];
    },
  };
}
