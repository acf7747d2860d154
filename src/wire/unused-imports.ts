import { isCommonJs, required } from './commonjs.ts';
import type { Draft } from './draft.ts';
import type { EditRecorder } from './recorder.ts';
import { declarationOf, isReference } from './free-names.ts';
import {
  Node,
  type BindingElement,
  type Identifier,
  type ImportDeclaration,
  type ImportSpecifier,
  type Source,
  type VariableDeclaration,
  type VariableStatement,
} from './source.ts';
import { nodesIn, walk } from './walk.ts';

/** One name of a list of them. */
type Part = ImportSpecifier | BindingElement;

/** What of the imports, and of what CommonJS requires, is used only within code that moves away. */
export interface LeftOver {
  readonly whole: readonly (ImportDeclaration | VariableStatement)[];
  readonly parts: readonly Part[];
  /** A default before braces that stay, or braces after a default that stays; with their comma. */
  readonly halves: readonly { readonly start: number; readonly end: number }[];
}

/** Imports that nothing outside of `moved` uses; a module imported for its effects alone is not among them. */
export function leftOverImports(source: Source, ...moved: readonly Node[]): LeftOver {
  const { root } = source;
  const inside = new Set(moved.flatMap((node) => [...namesIn(node)]));
  const gone = new Set(moved);
  const requires = isCommonJs(source) ? root.getVariableStatements().filter(isRequire) : [];
  const imports: ReadonlySet<Node> = new Set([...root.getImportDeclarations(), ...requires]);
  const outside = new Set<string>();
  walk(root, (node) => {
    if (gone.has(node) || imports.has(node)) return false;
    if (Node.isIdentifier(node) && inside.has(node.getText()) && usesImport(node, imports)) {
      outside.add(node.getText());
    }
    return true;
  });
  const isLeftOver = (name: string) => inside.has(name) && !outside.has(name);
  const whole: (ImportDeclaration | VariableStatement)[] = [];
  const parts: Part[] = [];
  const halves: { start: number; end: number }[] = [];
  for (const declaration of root.getImportDeclarations()) {
    const named = declaration.getNamedImports();
    const whatever = [declaration.getDefaultImport(), declaration.getNamespaceImport()]
      .filter((node) => node !== undefined)
      .map((node) => node.getText());
    const leaving = named.filter((one) => isLeftOver(localOf(one)));
    const all = leaving.length === named.length && whatever.every(isLeftOver);
    if (all && named.length + whatever.length > 0) whole.push(declaration);
    else if (leaving.length < named.length) parts.push(...leaving);
    if (!all)
      halves.push(...leftOverHalf(declaration, leaving.length === named.length, isLeftOver));
  }
  for (const statement of requires) {
    const names = namesOf(statement);
    const leaving = names.filter((one) => isLeftOver(one.getName()));
    if (leaving.length === 0) continue;
    if (leaving.length === names.length) whole.push(statement);
    // What the others leave of a module is in its rest.
    else if (!names.some(isRest)) parts.push(...leaving.filter(Node.isBindingElement));
  }
  return { whole, parts, halves };
}

/** `const x = require('x')`, of a part of it, or of some by name. */
function isRequire(statement: VariableStatement): boolean {
  const [only, ...more] = statement.getDeclarations();
  const name = only?.getNameNode();
  const isNamed =
    Node.isIdentifier(name) ||
    (Node.isObjectBindingPattern(name) &&
      name.getElements().every((one) => Node.isIdentifier(one.getNameNode())));
  return more.length === 0 && isNamed && required(only?.getInitializer()) !== undefined;
}

function namesOf(statement: VariableStatement): readonly (VariableDeclaration | BindingElement)[] {
  const [only] = statement.getDeclarations();
  const name = only?.getNameNode();
  if (Node.isObjectBindingPattern(name)) return name.getElements();
  return only ? [only] : [];
}

const isRest = (node: Node): boolean =>
  Node.isBindingElement(node) && node.getDotDotDotToken() !== undefined;

function leftOverHalf(
  declaration: ImportDeclaration,
  allNamed: boolean,
  isLeftOver: (name: string) => boolean,
): readonly { start: number; end: number }[] {
  const first = declaration.getDefaultImport();
  const named = declaration.getImportClause()?.getNamedBindings();
  if (!first || !Node.isNamedImports(named) || named.getElements().length === 0) return [];
  if (isLeftOver(first.getText())) return [{ start: first.getStart(), end: named.getStart() }];
  return allNamed ? [{ start: first.getEnd(), end: named.getEnd() }] : [];
}

const localOf = (specifier: ImportSpecifier): string =>
  (specifier.getAliasNode() ?? specifier.getNameNode()).getText();

function namesIn(code: Node): ReadonlySet<string> {
  const names = nodesIn(code).filter(Node.isIdentifier);
  return new Set(names.map((node) => node.getText()));
}

/** Whether a name may stand for an import: it is no property's name, and nothing else in this file is declared under it there. */
function usesImport(node: Identifier, imports: ReadonlySet<Node>): boolean {
  const parent = node.getParent();
  if (Node.isExportSpecifier(parent)) return true;
  if (!isReference(node)) return false;
  const declaration = declarationOf(node);
  return !declaration || declaration.getAncestors().some((one) => imports.has(one));
}

/** Takes them out, each whole declaration with its line. */
export function recordRemoval(
  { source: { text }, recorder }: Draft,
  { whole, parts, halves }: LeftOver,
): void {
  for (const { start, end } of halves) recorder.replace(start, end, '');
  for (const declaration of whole) {
    const lineBreak = /^[ \t]*\r?\n/.exec(text.slice(declaration.getEnd()))?.[0].length ?? 0;
    recorder.replace(declaration.getStart(), declaration.getEnd() + lineBreak, '');
  }
  for (const [, group] of byDeclaration(parts)) removeParts(text, recorder, group);
}

function byDeclaration(parts: readonly Part[]): ReadonlyMap<Node, readonly Part[]> {
  const groups = new Map<Node, Part[]>();
  for (const part of parts) {
    const list = part.getParentOrThrow();
    groups.set(list, [...(groups.get(list) ?? []), part]);
  }
  return groups;
}

/** A name goes with the comma and white space after it, the last one with those before it. */
function removeParts(text: string, recorder: EditRecorder, parts: readonly Part[]): void {
  const isPart = (node: Node): node is Part =>
    Node.isImportSpecifier(node) || Node.isBindingElement(node);
  for (const part of parts) {
    const after = /^\s*,[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(part.getEnd()))?.[0].length ?? 0;
    const isLast = part.getNextSibling(isPart) === undefined;
    const before = isLast ? (/,\s*$/.exec(text.slice(0, part.getStart()))?.[0].length ?? 0) : 0;
    const previous = part.getPreviousSibling(isPart);
    const removed = previous !== undefined && parts.includes(previous);
    if (isLast && !removed) recorder.replace(part.getStart() - before, part.getEnd(), '');
    else recorder.replace(part.getStart(), part.getEnd() + (isLast ? 0 : after), '');
  }
}
