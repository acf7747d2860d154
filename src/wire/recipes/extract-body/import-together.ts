import { width } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import { importPlace } from '../../import-place.ts';
import { addImport, importStatement, localName, sameModule } from '../../imports.ts';
import { freeName } from '../../names.ts';

/** Makes exports of one module available, in one import where the file has none of that module yet; tells their local names. */
export function importTogether(
  draft: Draft,
  from: string,
  names: readonly string[],
): (name: string) => string {
  const { source, recorder, style } = draft;
  const isThere = source.root
    .getImportDeclarations()
    .some((one) => sameModule(one.getModuleSpecifierValue(), from));
  const isRequired = names.some((name) => localName(source, { name, from }) !== undefined);
  if (isThere || isRequired) {
    const known = new Map(names.map((name) => [name, addImport(draft, { name, from })]));
    return (name) => known.get(name) ?? name;
  }
  const written = [...names].sort().map((name) => {
    const local = freeName(source, name);
    return local === name ? name : `${name} as ${local}`;
  });
  const line = importStatement({ name: written.join(', '), from }, style);
  const comma = style.trailingCommas === 'none' ? '' : ',';
  const broken = written.map((one) => `\n${style.tab}${one}`).join(',');
  const statement =
    width(line) <= style.printWidth
      ? line
      : `import {${broken}${comma}\n} from ${style.quote(from)}${style.end}`;
  const { at, before, after } = importPlace(source, from);
  recorder.insert(at, before + statement + after);
  return (name) => freeName(source, name);
}
