import { join, type Reader } from './reader.ts';
import type { ProjectProfile } from './types.ts';

type Language = ProjectProfile['language'];

/** What is written by hand in a language: no declarations of types, no settings of tools. */
export function isSource(name: string, language: Language = 'typescript'): boolean {
  if (language === 'typescript') {
    return /\.[cm]?ts$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
  }
  return /\.[cm]?jsx?$/.test(name) && !isConfig(name) && !/(^|\/)\.[^/]*$/.test(name);
}

/** `vitest.config.ts` and its like configure tools. */
export function isConfig(name: string): boolean {
  return /\.(config|workspace|setup)\.[cm]?[jt]s$/.test(name);
}

export function isTest(name: string): boolean {
  return /\.(test|spec)\.[cm]?[jt]sx?$/.test(name);
}

/** Source files and test files near the top of a folder. Never more than `MAX_FOLDERS` folders are listed. */
export interface Sample {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const MAX_FOLDERS = 12;
const MAX_SUBFOLDERS = 6;

/** Breadth first, so that the cost does not grow with the project. */
export async function sample(
  reader: Reader,
  dir: string,
  language: Language = 'typescript',
): Promise<Sample> {
  const sources: string[] = [];
  const tests: string[] = [];
  const queue = [dir];
  for (let listed = 0; listed < MAX_FOLDERS && queue.length > 0; listed++) {
    const folder = queue.shift() ?? dir;
    const names = await reader.list(folder);
    for (const name of names.filter((each) => isSource(each, language))) {
      (isTest(name) ? tests : sources).push(join(folder, name));
    }
    const folders = names.filter((name) => name.endsWith('/') && !isSkipped(name, language));
    queue.push(...folders.slice(0, MAX_SUBFOLDERS).map((name) => join(folder, name)));
  }
  return { sources, tests };
}

function isSkipped(name: string, language: Language): boolean {
  if (name.startsWith('.') || /^(node_modules|dist|build|out|coverage|e2e)\/$/.test(name)) {
    return true;
  }
  // What is sent to browsers is written for them.
  return language === 'javascript' && /^(public|static|vendor)\/$/.test(name);
}
