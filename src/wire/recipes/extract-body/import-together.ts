import type { Draft } from '../../draft.ts';
import { addImports } from '../../imports.ts';

/** Makes exports of one module available, in one import where the file has none of that module yet; tells their local names. */
export function importTogether(
  draft: Draft,
  from: string,
  names: readonly string[],
): (name: string) => string {
  const sorted = [...names].sort();
  const locals = addImports(
    draft,
    sorted.map((name) => ({ name, from })),
  );
  return (name) => locals[sorted.indexOf(name)] ?? name;
}
