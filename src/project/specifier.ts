import { posix } from 'node:path';
import { isWithin } from './reader.ts';
import type { ProjectProfile } from './types.ts';

export interface SpecifierOptions {
  /** Write `@/patterns/x.js` rather than `../patterns/x.js` where the project has an alias for it. */
  readonly alias?: boolean;
}

/**
 * What an import in `fromFile` says to mean the workspace file `toFile`; both are POSIX paths relative to the root.
 * Extensions are the project's. `.mts` and `.cts` always show theirs, for nothing resolves them without, and an
 * `.mts` file is an ES module in any package, so its imports have one too.
 */
export function specifier(
  profile: Pick<ProjectProfile, 'importExtension' | 'moduleSystem' | 'aliases' | 'packageDir'>,
  fromFile: string,
  toFile: string,
  options: SpecifierOptions = {},
): string {
  const from = normal(fromFile);
  const to = normal(toFile);
  const target = withExtension(profile, from, to);
  const alias = options.alias === true ? aliasFor(profile, from, to) : undefined;
  if (alias) return alias.prefix + posix.relative(`/${alias.dir}`, `/${target}`);
  const relative = posix.relative(`/${posix.dirname(from)}`, `/${target}`);
  return relative.startsWith('../') ? relative : `./${relative}`;
}

function normal(path: string): string {
  return posix.normalize(path).replace(/^\//, '');
}

function withExtension(
  { importExtension }: Pick<ProjectProfile, 'importExtension'>,
  from: string,
  to: string,
): string {
  const match = /(?:\.d)?\.([cm]?)([jt])sx?$/.exec(to);
  if (!match) return to;
  const [ending, kind, language] = match;
  const stem = to.slice(0, -ending.length);
  if (importExtension === '.ts') return to;
  if (kind) return `${stem}.${kind}js`;
  const needed = importExtension === '.js' || /\.m[jt]s$/.test(from);
  if (needed && language === 'j') return to;
  return needed ? `${stem}.js` : stem;
}

function aliasFor(
  { aliases, packageDir }: Pick<ProjectProfile, 'aliases' | 'packageDir'>,
  from: string,
  to: string,
) {
  if (!isWithin(from, packageDir)) return undefined;
  return aliases.find(({ dir }) => to !== dir && isWithin(to, dir));
}
