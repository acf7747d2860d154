import { posix } from 'node:path';
import { isCommonJs, required } from './commonjs.ts';
import { isJavaScript } from './javascript.ts';
import { Node, declarationsOf, type Source, type TypeNode } from './source.ts';
import type { NeededImport } from './types.ts';
import { walk } from './walk.ts';

/** The text of types, what another file must import to write them, and what this file must export for that. */
export interface PortableType {
  readonly text: string;
  readonly imports: readonly NeededImport[];
  /** Declarations of this file that are not exported yet. */
  readonly expose: readonly Node[];
}

/** Reads types (the parts of a union) so that they can be written in another file; a reason when one is known only inside this file. */
export function portableType(source: Source, nodes: readonly TypeNode[]): PortableType | string {
  const imports = new Map<string, NeededImport>();
  const expose: Node[] = [];
  for (const node of nodes) {
    for (const name of typeNames(node)) {
      const found = importOf(source, name, node);
      if (typeof found === 'string') return found;
      if (!found) continue;
      imports.set(found.import.as ?? found.import.name, { ...found.import, typeOnly: true });
      if (found.expose) expose.push(found.expose);
    }
  }
  const text = nodes.map((node) => node.getText().replace(/\r\n/g, '\n')).join(' | ');
  return { text, imports: [...imports.values()], expose };
}

/** How another file gets a name of this one. */
export interface Availability {
  readonly import: NeededImport;
  /** The declaration that has to be exported first. */
  readonly expose?: Node;
}

/** The leftmost names of all types that a type is written with, e.g. `Map` and `schema` of `Map<string, schema.User>`. */
function typeNames(type: TypeNode): readonly Node[] {
  const names: Node[] = [];
  walk(type, (node) => {
    if (Node.isTypeReference(node)) names.push(leftmost(node.getTypeName()));
    else if (Node.isTypeQuery(node)) names.push(leftmost(node.getExprName()));
    else if (Node.isExpressionWithTypeArguments(node)) names.push(leftmost(node.getExpression()));
    else if (Node.isImportTypeNode(node) || Node.isThisTypeNode(node)) names.push(node);
  });
  return names;
}

function leftmost(name: Node): Node {
  if (Node.isQualifiedName(name)) return leftmost(name.getLeft());
  if (Node.isPropertyAccessExpression(name)) return leftmost(name.getExpression());
  return name;
}

/** What to import for a name; undefined for what every file knows; a reason when it cannot be had elsewhere. */
function importOf(source: Source, name: Node, type: TypeNode): Availability | string | undefined {
  const text = name.getText();
  if (!Node.isIdentifier(name)) return `its type \`${text}\` has no name of its own`;
  const [declaration] = declarationsOf(name);
  // Global, or a type parameter of the type itself.
  if (!declaration || type.containsRange(declaration.getPos(), declaration.getEnd())) {
    return undefined;
  }
  if (Node.isTypeParameterDeclaration(declaration)) {
    return `its type depends on the type parameter \`${text}\`, which the generated file cannot know`;
  }
  return availability(source, declaration, text);
}

/** How another file gets what this one imports or declares at its top level; a reason when it cannot. */
export function availability(
  source: Source,
  declaration: Node,
  local: string,
): Availability | string {
  const imported = importedAs(source, declaration) ?? requiredAs(source, declaration);
  if (!imported && isCommonJs(source)) {
    return `\`${local}\` stands in this file, and of two CommonJS modules that require each other one is only half loaded; move it to a file of its own`;
  }
  return imported ? { import: imported } : exportedAs(source, declaration, local);
}

/** The import that a declaration is, with its module as `NeededImport.from` wants it. */
export function importedAs(source: Source, declaration: Node): NeededImport | undefined {
  const statement = declaration.getFirstAncestor(Node.isImportDeclaration);
  if (!statement) return undefined;
  const from = absoluteModule(source.file.path, statement.getModuleSpecifierValue());
  if (Node.isImportSpecifier(declaration)) {
    const as = declaration.getAliasNode()?.getText();
    return { name: declaration.getName(), from, ...(as === undefined ? {} : { as }) };
  }
  const kind = Node.isNamespaceImport(declaration) ? 'namespace' : 'default';
  const name =
    statement.getNamespaceImport()?.getText() ?? statement.getDefaultImport()?.getText() ?? '';
  return { name, from, kind };
}

/** The same for what CommonJS requires. */
function requiredAs(source: Source, declaration: Node): NeededImport | undefined {
  if (!isCommonJs(source)) return undefined;
  const isPart = Node.isBindingElement(declaration);
  // A part of a part has no name in the module.
  const variable = isPart ? declaration.getParent().getParent() : declaration;
  if (!Node.isVariableDeclaration(variable)) return undefined;
  const found = required(variable.getInitializer());
  if (!found || (isPart && (found.name !== undefined || declaration.getDotDotDotToken()))) {
    return undefined;
  }
  const from = absoluteModule(source.file.path, found.module);
  const as = isPart ? declaration.getName() : variable.getName();
  const name = isPart
    ? (declaration.getPropertyNameNode() ?? declaration.getNameNode()).getText()
    : found.name;
  if (name === undefined) return { name: as, from, kind: 'namespace' };
  return { name, from, ...(as === name ? {} : { as }) };
}

const SOURCE_EXTENSIONS: Readonly<Record<string, string>> = {
  '.js': '.ts',
  '.mjs': '.mts',
  '.cjs': '.cts',
  '.jsx': '.tsx',
};

/** A relative specifier as a path from the root (`/src/user.ts`); others stay as they are. */
export function absoluteModule(file: string, specifier: string): string {
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return specifier;
  const path = posix.join('/', posix.dirname(file), specifier);
  const extension = posix.extname(path);
  const real = isJavaScript(file) ? undefined : SOURCE_EXTENSIONS[extension];
  return real ? path.slice(0, -extension.length) + real : path;
}

/** The export under which a top-level declaration of this file can be imported. */
function exportedAs(source: Source, declaration: Node, local: string): Availability | string {
  const from = `/${source.file.path}`;
  const renamed = source.root
    .getExportDeclarations()
    .filter((statement) => !statement.hasModuleSpecifier())
    .flatMap((statement) => statement.getNamedExports())
    .find((specifier) => specifier.getName() === local);
  const name = renamed?.getAliasNode()?.getText() ?? local;
  if (name === 'default') return { import: { name: local, from, kind: 'default' } };
  if (renamed) return { import: { name, from, ...(name === local ? {} : { as: local }) } };
  const holder = Node.isVariableDeclaration(declaration)
    ? declaration.getVariableStatement()
    : declaration;
  if (!holder || holder.getParent() !== source.root) {
    return `\`${local}\` is only known inside of a function of ${source.file.path}`;
  }
  if (Node.isExportable(holder) && holder.isExported()) {
    const kind = holder.isDefaultExport() ? { kind: 'default' as const } : {};
    return { import: { name: local, from, ...kind } };
  }
  return { import: { name: local, from }, expose: holder };
}
