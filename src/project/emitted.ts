import { asString } from './json.ts';
import { isWithin, join } from './reader.ts';
import type { Tsconfig } from './tsconfig.ts';
import type { ProjectProfile } from './types.ts';

/** The source that an emitted path stands for: `src/main` for `dist/main`; a path that is not emitted stays. */
export function emittedToSource(config: Tsconfig, sourceDir: string, path: string): string {
  const outDir = asString(config.options['outDir']);
  const emitted = outDir !== undefined && outDir !== config.dir ? [outDir] : [];
  const roots = [
    ...emitted,
    ...['dist', 'build', 'out', 'lib'].map((name) => join(config.dir, name)),
  ];
  const root = roots.find((folder) => isWithin(path, folder) && folder !== sourceDir);
  if (root === undefined) return path;
  const rest = path.slice(root.length + 1);
  const rootDir = asString(config.options['rootDir']);
  // Without rootDir the emitted tree begins at the sources' common folder, which may or may not hold `src`.
  if (isWithin(join(config.dir, rest), sourceDir)) return join(config.dir, rest);
  return join(rootDir ?? sourceDir, rest);
}

/** `main.js`, `main` and `main.ts` are one source. In JavaScript a script may have no extension: `bin/www`. */
export function sourceNames(path: string, language: ProjectProfile['language']): readonly string[] {
  const stem = path.replace(/\.[cm]?[jt]sx?$/, '');
  if (language === 'javascript') {
    return [path, `${stem}.js`, `${stem}.mjs`, `${stem}.cjs`, `${stem}/index.js`];
  }
  return [`${stem}.ts`, `${stem}.mts`, `${stem}.cts`, `${stem}/index.ts`];
}
