import type { Draft } from './draft.ts';
import type { EditRecorder } from './recorder.ts';
import { Node, type ImportDeclaration, type ImportSpecifier, type Source } from './source.ts';
import { walk } from './walk.ts';

/** What of the imports is used only within code that moves away. */
export interface LeftOver {
  readonly whole: readonly ImportDeclaration[];
  readonly parts: readonly ImportSpecifier[];
}

/** Imports that nothing outside of `moved` uses; a module imported for its effects alone is not among them. */
export function leftOverImports({ root }: Source, ...moved: readonly Node[]): LeftOver {
  const inside = new Set(moved.flatMap((node) => [...namesIn(node, () => false)]));
  const gone = new Set(moved);
  const outside = namesIn(root, (node) => gone.has(node) || Node.isImportDeclaration(node));
  const isLeftOver = (name: string) => inside.has(name) && !outside.has(name);
  const whole: ImportDeclaration[] = [];
  const parts: ImportSpecifier[] = [];
  for (const declaration of root.getImportDeclarations()) {
    const named = declaration.getNamedImports();
    const whatever = [declaration.getDefaultImport(), declaration.getNamespaceImport()]
      .filter((node) => node !== undefined)
      .map((node) => node.getText());
    const leaving = named.filter((one) => isLeftOver(localOf(one)));
    const all = leaving.length === named.length && whatever.every(isLeftOver);
    if (all && named.length + whatever.length > 0) whole.push(declaration);
    // With a default import beside them, the braces would have to go as well: that is left to the user.
    else if (leaving.length < named.length) parts.push(...leaving);
  }
  return { whole, parts };
}

const localOf = (specifier: ImportSpecifier): string =>
  (specifier.getAliasNode() ?? specifier.getNameNode()).getText();

function namesIn(code: Node, skips: (node: Node) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  walk(code, (node) => {
    if (skips(node)) return false;
    if (Node.isIdentifier(node)) names.add(node.getText());
    return true;
  });
  return names;
}

/** Takes them out, each whole declaration with its line. */
export function recordRemoval(
  { source: { text }, recorder }: Draft,
  { whole, parts }: LeftOver,
): void {
  for (const declaration of whole) {
    const lineBreak = /^[ \t]*\r?\n/.exec(text.slice(declaration.getEnd()))?.[0].length ?? 0;
    recorder.replace(declaration.getStart(), declaration.getEnd() + lineBreak, '');
  }
  for (const [, group] of byDeclaration(parts)) removeParts(text, recorder, group);
}

function byDeclaration(
  parts: readonly ImportSpecifier[],
): ReadonlyMap<Node, readonly ImportSpecifier[]> {
  const groups = new Map<Node, ImportSpecifier[]>();
  for (const part of parts) {
    const list = part.getParentOrThrow();
    groups.set(list, [...(groups.get(list) ?? []), part]);
  }
  return groups;
}

/** A name goes with the comma and white space after it, the last one with those before it. */
function removeParts(
  text: string,
  recorder: EditRecorder,
  parts: readonly ImportSpecifier[],
): void {
  for (const part of parts) {
    const after = /^\s*,[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(part.getEnd()))?.[0].length ?? 0;
    const isLast = part.getNextSibling((node) => Node.isImportSpecifier(node)) === undefined;
    const before = isLast ? (/,\s*$/.exec(text.slice(0, part.getStart()))?.[0].length ?? 0) : 0;
    const removed = parts.includes(
      part.getPreviousSibling((node) => Node.isImportSpecifier(node)) as ImportSpecifier,
    );
    if (isLast && !removed) recorder.replace(part.getStart() - before, part.getEnd(), '');
    else recorder.replace(part.getStart(), part.getEnd() + (isLast ? 0 : after), '');
  }
}
