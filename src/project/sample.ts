import { join, type Reader } from './reader.ts';

/** TypeScript that is written by hand: no declarations. */
export function isSource(name: string): boolean {
  return /\.[cm]?ts$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
}

export function isTest(name: string): boolean {
  return /\.(test|spec)\.[cm]?tsx?$/.test(name);
}

/** Source files and test files near the top of a folder. Never more than `MAX_FOLDERS` folders are listed. */
export interface Sample {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const MAX_FOLDERS = 12;
const MAX_SUBFOLDERS = 6;

/** Breadth first, so that the cost does not grow with the project. */
export async function sample(reader: Reader, dir: string): Promise<Sample> {
  const sources: string[] = [];
  const tests: string[] = [];
  const queue = [dir];
  for (let listed = 0; listed < MAX_FOLDERS && queue.length > 0; listed++) {
    const folder = queue.shift() ?? dir;
    const names = await reader.list(folder);
    for (const name of names.filter(isSource)) {
      (isTest(name) ? tests : sources).push(join(folder, name));
    }
    const folders = names.filter((name) => name.endsWith('/') && !isSkipped(name));
    queue.push(...folders.slice(0, MAX_SUBFOLDERS).map((name) => join(folder, name)));
  }
  return { sources, tests };
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || /^(node_modules|dist|build|out|coverage|e2e)\/$/.test(name);
}
