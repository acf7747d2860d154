import { asString } from './json.ts';
import { rangeOf, type Package } from './package.ts';
import { isWithin, join, upwards, type Reader } from './reader.ts';
import { isConfig, isSource, sample } from './sample.ts';
import { readTsconfig } from './tsconfig.ts';
import type { ProjectProfile } from './types.ts';

export type Language = ProjectProfile['language'];

/**
 * What the project around `near` is written in. A tsconfig in its package says TypeScript, unless it takes in JavaScript (`allowJs`, `checkJs`)
 * and there is nothing but that. Without one the sources tell, a single TypeScript file being enough; without sources, package.json.
 */
export async function languageOf(
  reader: Reader,
  found: Package,
  dir: string,
  near: string,
): Promise<Language> {
  if (isSource(near)) return 'typescript';
  const config = await tsconfigAbove(reader, dir, found.dir);
  if (config && !takesJavaScript(config.options)) return 'typescript';
  const typescript = await sourcesIn(reader, dir, 'typescript');
  if (typescript > 0) return 'typescript';
  const javascript = await sourcesIn(reader, dir, 'javascript');
  if (javascript > 0 || isSource(near, 'javascript')) return 'javascript';
  const governs = config ?? (await tsconfigAbove(reader, dir, ''));
  return governs || !startsAsJavaScript(found) ? 'typescript' : 'javascript';
}

async function tsconfigAbove(reader: Reader, dir: string, until: string) {
  for (const at of upwards(dir, until)) {
    for (const name of ['tsconfig.json', 'tsconfig.app.json']) {
      const config = await readTsconfig(reader, join(at, name));
      if (config) return config;
    }
  }
  return undefined;
}

const takesJavaScript = (options: Readonly<Record<string, unknown>>): boolean =>
  options['allowJs'] === true || options['checkJs'] === true;

async function sourcesIn(reader: Reader, dir: string, language: Language): Promise<number> {
  const { sources, tests } = await sample(reader, dir, language);
  return [...sources, ...tests].filter((path) => isWithin(path, dir) && !isConfig(path)).length;
}

/** An empty project: its `main` or module type was written for JavaScript, and no compiler is there. */
function startsAsJavaScript(found: Package): boolean {
  if (rangeOf('typescript', [found]) !== undefined) return false;
  return 'type' in found.json || /\.[cm]?js$/.test(asString(found.json['main']) ?? '');
}
