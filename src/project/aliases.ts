import { emittedToSource } from './emitted.ts';
import { asObject, asStrings, isObject } from './json.ts';
import type { Package } from './package.ts';
import { join, leavesRoot, type Reader } from './reader.ts';
import type { Tsconfig } from './tsconfig.ts';
import type { ProjectProfile } from './types.ts';

type Alias = ProjectProfile['aliases'][number];

/** Conditions of package `imports`, the one nearest to the sources first. */
const CONDITIONS = ['development', 'source', 'types', 'import', 'node', 'default', 'require'];

/** Prefixes that stand for a folder: `paths` of the tsconfig, `imports` of package.json. Longest folder first. */
export function aliasesOf(
  reader: Reader,
  config: Tsconfig,
  found: Package,
  sourceDir: string,
): readonly Alias[] {
  const aliases = [...pathAliases(config), ...importAliases(reader, config, found, sourceDir)];
  return aliases.sort((a, b) => b.dir.length - a.dir.length);
}

function pathAliases(config: Tsconfig): readonly Alias[] {
  return Object.entries(asObject(config.options['paths'])).flatMap(([key, targets]) => {
    const target = asStrings(targets)[0];
    if (target === undefined || !key.endsWith('*') || !target.endsWith('*')) return [];
    const dir = join(config.pathsBase, target.slice(0, -1));
    return key === '*' || leavesRoot(dir) ? [] : [{ prefix: key.slice(0, -1), dir }];
  });
}

function importAliases(
  reader: Reader,
  config: Tsconfig,
  found: Package,
  sourceDir: string,
): readonly Alias[] {
  return Object.entries(asObject(found.json['imports'])).flatMap(([key, value]) => {
    const [prefix, suffix] = split(key);
    const [folder, ending] = split(target(value) ?? '');
    if (prefix === undefined || folder === undefined) return [];
    if (!isSameModule(suffix, ending)) {
      reader.note(`The import "${key}" adds an extension: it is not used as an alias.`);
      return [];
    }
    const dir = emittedToSource(config, sourceDir, join(found.dir, folder));
    return leavesRoot(dir) ? [] : [{ prefix, dir }];
  });
}

/** The file pattern behind an entry of `imports`, through its conditions. */
function target(value: unknown): string | undefined {
  if (!isObject(value)) return asStrings(value)[0];
  const condition = CONDITIONS.find((name) => name in value);
  return condition === undefined ? undefined : target(value[condition]);
}

function split(pattern: string): readonly [prefix: string | undefined, suffix: string] {
  const star = pattern.indexOf('*');
  return star === -1 ? [undefined, ''] : [pattern.slice(0, star), pattern.slice(star + 1)];
}

/** `#lib/*.js` for `./src/lib/*.ts` is the same module under its emitted name. */
function isSameModule(suffix: string, ending: string): boolean {
  const plain = (text: string) => text.replace(/\.d\.ts$|\.[jt]s$/, '.js');
  return plain(suffix) === plain(ending);
}
