import type { Draft } from './draft.ts';
import { addImport, localName } from './imports.ts';
import { Node, type Source } from './source.ts';
import { nodesIn, opensScope, walk } from './walk.ts';

/** Something that the instance exports: a name, and the path into it where there is one (`paymentBreaker` and `.run`). */
export interface Exported {
  readonly name: string;
  readonly path: string;
}

const PATH = /^([A-Za-z_$][\w$]*)((?:\.[A-Za-z_$][\w$]*)*)$/;

/** `undefined` for what is no name with a path. */
export function exportedOf(text: string): Exported | undefined {
  const [, name, path = ''] = PATH.exec(text) ?? [];
  return name === undefined ? undefined : { name, path };
}

/** Of `Payments.forRoot({ retries: 3 })` the name and what follows it; `undefined` for what begins otherwise. */
export function expressionOf(text: string): Exported | undefined {
  const [, name, path = ''] = /^([A-Za-z_$][\w$]*)((?:[.(][^]*)?)$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, path };
}

/** How the file calls it, if it imports it. */
export function knownAs(
  source: Source,
  { name, path }: Exported,
  from: string,
): string | undefined {
  const local = localName(source, { name, from });
  return local === undefined ? undefined : local + path;
}

/** Imports it where that is to be done, and returns how the file calls it. `leaving` are declarations that are being removed. */
export const importExported = (
  draft: Draft,
  { name, path }: Exported,
  from: string,
  leaving: readonly Node[] = [],
): string => addImport(draft, { name, from }, leaving) + path;

/** Whether a name of the file's top level means something else where a node stands. */
export function isShadowed(node: Node, expression: string): boolean {
  const root = expression.split('.')[0] ?? expression;
  return node
    .getAncestors()
    .filter((one) => !Node.isSourceFile(one))
    .some((scope) => declaresWithin(scope, root));
}

/** What functions within declare for themselves is theirs alone. */
function declaresWithin(scope: Node, name: string): boolean {
  let found = false;
  walk(scope, (node) => {
    found ||= node !== scope && declares(node, name);
    return !found && (node === scope || !opensScope(node));
  });
  return found;
}

const declares = (node: Node, name: string): boolean =>
  (Node.isVariableDeclaration(node) ||
    Node.isParameterDeclaration(node) ||
    Node.isBindingElement(node) ||
    Node.isFunctionDeclaration(node) ||
    Node.isClassDeclaration(node)) &&
  node.getNameNode()?.getText() === name;

/** Used besides being imported. */
export function isUsed(source: Source, local: string): boolean {
  const root = local.split('.')[0] ?? local;
  return nodesIn(source.root).some(
    (node) =>
      Node.isIdentifier(node) &&
      node.getText() === root &&
      !node.getFirstAncestor(Node.isImportDeclaration),
  );
}
