import { posix } from 'node:path';
import { Node, declarationsOf, type Source, type TypeNode } from './source.ts';
import type { NeededImport } from './types.ts';

/** The text of types and what another file must import to write them. */
export type PortableType =
  | { readonly ok: true; readonly text: string; readonly imports: readonly NeededImport[] }
  | { readonly ok: false; readonly reason: string };

/** Reads types (the parts of a union) so that they can be written in another file; refuses what is only known inside this one. */
export function portableType(source: Source, nodes: readonly TypeNode[]): PortableType {
  const imports = new Map<string, NeededImport>();
  for (const node of nodes) {
    for (const name of typeNames(node)) {
      const found = importOf(source, name, node);
      if (typeof found === 'string') return { ok: false, reason: found };
      if (found) imports.set(found.as ?? found.name, found);
    }
  }
  const text = nodes.map((node) => node.getText().replace(/\r\n/g, '\n')).join(' | ');
  return { ok: true, text, imports: [...imports.values()] };
}

/** The leftmost names of all types that a type is written with, e.g. `Map` and `schema` of `Map<string, schema.User>`. */
function typeNames(type: TypeNode): readonly Node[] {
  const names: Node[] = [];
  const visit = (node: Node) => {
    if (Node.isTypeReference(node)) names.push(leftmost(node.getTypeName()));
    else if (Node.isTypeQuery(node)) names.push(leftmost(node.getExprName()));
    else if (Node.isExpressionWithTypeArguments(node)) names.push(leftmost(node.getExpression()));
    else if (Node.isImportTypeNode(node) || Node.isThisTypeNode(node)) names.push(node);
  };
  visit(type);
  type.forEachDescendant(visit);
  return names;
}

function leftmost(name: Node): Node {
  if (Node.isQualifiedName(name)) return leftmost(name.getLeft());
  if (Node.isPropertyAccessExpression(name)) return leftmost(name.getExpression());
  return name;
}

/** What to import for a name; undefined for what every file knows; a reason when it cannot be had elsewhere. */
function importOf(source: Source, name: Node, type: TypeNode): NeededImport | string | undefined {
  const text = name.getText();
  if (!Node.isIdentifier(name)) return `its type \`${text}\` has no name of its own`;
  const [declaration] = declarationsOf(name);
  // Global, or a type parameter of the type itself.
  if (!declaration || type.containsRange(declaration.getPos(), declaration.getEnd()))
    return undefined;
  const imported = importedAs(source, declaration);
  if (imported) return { ...imported, typeOnly: true };
  if (Node.isTypeParameterDeclaration(declaration)) {
    return `its type depends on the type parameter \`${text}\`, which the generated file cannot know`;
  }
  return exportedAs(source, declaration, text);
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
  const real = SOURCE_EXTENSIONS[extension];
  return real ? path.slice(0, -extension.length) + real : path;
}

/** The export under which a top-level declaration of this file can be imported, else the reason why it cannot. */
export function exportedAs(
  source: Source,
  declaration: Node,
  local: string,
): NeededImport | string {
  const from = `/${source.file.path}`;
  const renamed = source.root
    .getExportDeclarations()
    .filter((statement) => !statement.hasModuleSpecifier())
    .flatMap((statement) => statement.getNamedExports())
    .find((specifier) => specifier.getName() === local);
  if (renamed) {
    const name = renamed.getAliasNode()?.getText() ?? local;
    if (name === 'default') return { name: local, from, kind: 'default', typeOnly: true };
    return { name, from, typeOnly: true, ...(name === local ? {} : { as: local }) };
  }
  const holder = Node.isVariableDeclaration(declaration)
    ? declaration.getVariableStatement()
    : declaration;
  if (Node.isExportable(holder) && holder.isExported()) {
    if (holder.isDefaultExport()) return { name: local, from, kind: 'default', typeOnly: true };
    return { name: local, from, typeOnly: true };
  }
  const topLevel = holder?.getParent() === source.root;
  return topLevel
    ? `\`${local}\` is not exported from ${source.file.path}; export it, so that the generated file can name it`
    : `\`${local}\` is only known inside of a function of ${source.file.path}`;
}
