import { appendTo } from './append.ts';
import type { Draft } from './draft.ts';
import { endBefore, width, type CodeStyle } from './code.ts';
import { externalModule, isCommonJs, requiredModule } from './commonjs.ts';
import { importPlace } from './import-place.ts';
import { freeName } from './names.ts';
import { Node, type ImportDeclaration, type NamedImports, type Source } from './source.ts';
import type { NeededImport } from './types.ts';

/** An import as it is to be written: `from` is the specifier itself. */
export type WrittenImport = NeededImport;

/**
 * Makes an import available and returns its local name: the one that the file has already, or that of a new import, which goes into an
 * existing declaration of the module where the grammar allows. An alias is taken where the name is in use for something else.
 * `leaving` are declarations that are being removed.
 */
export function addImport(
  draft: Draft,
  request: WrittenImport,
  leaving: readonly Node[] = [],
): string {
  return addImports(draft, [request], leaving)[0] ?? request.name;
}

/** The same for names of one module that are alike in being types or values: what is new goes into one declaration. */
export function addImports(
  draft: Draft,
  requests: readonly WrittenImport[],
  leaving: readonly Node[] = [],
): readonly string[] {
  const { source, recorder, style } = draft;
  const known = requests.map((request) => localName(source, request));
  const locals = requests.map(
    (request, at) => known[at] ?? freeName(source, request.as ?? request.name),
  );
  const missing = requests
    .map((request, at) => ({ ...request, as: locals[at] ?? request.name }))
    .filter((_, at) => known[at] === undefined);
  const [first, ...more] = missing;
  if (first && !extend(draft, first, missing.map(specifier).join(', '))) {
    const { at, before, after } = importPlace(source, first.from, leaving);
    const end =
      after === '' || !isCommonJs(source)
        ? style.end
        : endBefore(style, source.text.slice(at).trimStart());
    const line = importStatement(source, { ...style, end }, first, more);
    const isTooWide = more.length > 0 && width(line) > style.printWidth;
    const statement = isTooWide
      ? importStatement(source, { ...style, end, braces: brokenBraces(style) }, first, more)
      : line;
    recorder.insert(at, before + statement + after);
  }
  return locals;
}

/** The statement that brings names in, as the file's modules have it, without line end. `more` are named ones of the same module. */
export function importStatement(
  source: Source,
  style: Pick<CodeStyle, 'braces' | 'quote' | 'end'>,
  first: WrittenImport,
  more: readonly WrittenImport[] = [],
): string {
  const { name, as = name, kind = 'named', typeOnly = false, from } = first;
  const module = style.quote(from);
  if (isCommonJs(source)) {
    const names = style.braces([first, ...more].map(property).join(', '));
    return `const ${kind === 'named' ? names : as} = require(${module})${style.end}`;
  }
  const names = style.braces([first, ...more].map(specifier).join(', '));
  const clause = { named: names, default: as, namespace: `* as ${as}` };
  return `import ${typeOnly ? 'type ' : ''}${clause[kind]} from ${module}${style.end}`;
}

/** A name on each line, for a list that is too wide. */
function brokenBraces({ tab, trailingCommas }: CodeStyle): CodeStyle['braces'] {
  const last = trailingCommas === 'none' ? '' : ',';
  return (names) => `{\n${tab}${names.replaceAll(', ', `,\n${tab}`)}${last}\n}`;
}

const property = ({ name, as = name }: WrittenImport): string =>
  name === as ? name : `${name}: ${as}`;

const specifier = ({ name, as = name }: WrittenImport): string =>
  name === as ? name : `${name} as ${as}`;

/** What the file calls the import, if it has it: a name, or `ns.name` for a module that is imported as a whole. */
export function localName(source: Source, request: WrittenImport): string | undefined {
  const found = source.root
    .getImportDeclarations()
    .filter((declaration) => sameModule(declaration.getModuleSpecifierValue(), request.from))
    .flatMap((declaration) => bindingsOf(declaration, request))
    .find(({ typeOnly }) => request.typeOnly === true || !typeOnly);
  return found?.local ?? requiredName(source, request);
}

function bindingsOf(
  declaration: ImportDeclaration,
  { kind = 'named', name }: WrittenImport,
): readonly { readonly local: string; readonly typeOnly: boolean }[] {
  const typeOnly = declaration.isTypeOnly();
  const namespace = declaration.getNamespaceImport()?.getText();
  const first = declaration.getDefaultImport()?.getText();
  if (kind === 'namespace') return namespace ? [{ local: namespace, typeOnly }] : [];
  if (kind === 'default' && first) return [{ local: first, typeOnly }];
  if (kind === 'default') return bindingsOf(declaration, { name: 'default', from: '' });
  if (namespace) return [{ local: `${namespace}.${name}`, typeOnly }];
  return declaration
    .getNamedImports()
    .filter((named) => named.getName() === name)
    .map((named) => ({
      local: named.getAliasNode()?.getText() ?? name,
      typeOnly: typeOnly || named.isTypeOnly(),
    }));
}

/** `import ns = require('…')`, `const ns = require('…')` and `const { name } = require('…')`. */
function requiredName(
  source: Source,
  { name, from, kind = 'named' }: WrittenImport,
): string | undefined {
  const whole = (local: string) => (kind === 'named' ? `${local}.${name}` : local);
  for (const statement of source.root.getStatements()) {
    if (Node.isImportEqualsDeclaration(statement)) {
      const module = externalModule(statement.getModuleReference());
      if (module !== undefined && sameModule(module, from)) return whole(statement.getName());
    }
    if (!Node.isVariableStatement(statement)) continue;
    for (const declaration of statement.getDeclarations()) {
      const module = requiredModule(declaration.getInitializer());
      if (module === undefined || !sameModule(module, from)) continue;
      const pattern = declaration.getNameNode();
      if (Node.isIdentifier(pattern)) return whole(pattern.getText());
      if (!Node.isObjectBindingPattern(pattern)) continue;
      const element = pattern
        .getElements()
        .find((one) => (one.getPropertyNameNode() ?? one.getNameNode()).getText() === name);
      if (element) return element.getName();
    }
  }
  return undefined;
}

const EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/;
const withoutExtension = (module: string) =>
  module.replace(EXTENSION, '').replace(/^(\..*)\/index$/, '$1');

/** Whether two specifiers in one file mean one module, whichever of them writes an extension. */
export const sameModule = (a: string, b: string): boolean =>
  withoutExtension(a) === withoutExtension(b);

/** Adds to an import declaration of the same module; false when there is none that can take it. */
function extend(draft: Draft, request: WrittenImport, names: string): boolean {
  const { source, recorder, style } = draft;
  const { kind = 'named', typeOnly = false } = request;
  if (kind !== 'named') return false;
  for (const declaration of source.root.getImportDeclarations()) {
    if (!sameModule(declaration.getModuleSpecifierValue(), request.from)) continue;
    // A value must not end up in an `import type`, nor a type become a value import.
    if (declaration.isTypeOnly() !== typeOnly) continue;
    const bindings = declaration.getImportClause()?.getNamedBindings();
    if (Node.isNamedImports(bindings)) {
      append(draft, bindings, names);
      return true;
    }
    const first = declaration.getDefaultImport();
    // `import type Foo, { Bar }` is not allowed; a namespace leaves no room for names.
    if (first && !bindings && !typeOnly) {
      recorder.insert(first.getEnd(), `, ${style.braces(names)}`);
      return true;
    }
  }
  return false;
}

/** Puts a name into `{ a, b }`. */
function append(draft: Draft, list: NamedImports, name: string): void {
  const last = list.getElements().at(-1);
  if (last) appendTo(draft, list, last, name);
  else draft.recorder.replace(list.getStart(), list.getEnd(), draft.style.braces(name));
}
