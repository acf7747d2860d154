/** What a hover needs to know of a TypeScript text, found without parsing it. */

/** The packages that a text imports or requires: `rabbitmq-client`, `@nestjs/core`. Subpaths count for their package. */
export function importedPackages(text: string): ReadonlySet<string> {
  const specifiers = text.matchAll(
    /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(['"])([^'"\n]+)\1/g,
  );
  const packages = new Set<string>();
  for (const [, , specifier = ''] of specifiers) {
    if (specifier.startsWith('.') || specifier.startsWith('/')) continue;
    const parts = specifier.split('/');
    packages.add(parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'));
  }
  return packages;
}

export interface NameAt {
  /** From the longest to the shortest reading: `this.channel.prefetch`, `channel.prefetch`, `prefetch`. */
  readonly names: readonly string[];
  /** Columns of the identifier itself. */
  readonly start: number;
  readonly end: number;
}

/** The identifier at a column of a line, with the path that leads to it; also inside a string. */
export function nameAt(line: string, column: number): NameAt | undefined {
  for (const match of line.matchAll(/[A-Za-z_$][\w$]*/g)) {
    const start = match.index;
    const end = start + match[0].length;
    if (end < column) continue;
    if (start > column) return undefined;
    const path = /(?:[A-Za-z_$#][\w$]*[?!]?\.)*$/.exec(line.slice(0, start))?.[0] ?? '';
    const parts = `${path}${match[0]}`.replaceAll(/[?!]/g, '').split('.');
    return { names: parts.map((_, index) => parts.slice(index).join('.')), start, end };
  }
  return undefined;
}
