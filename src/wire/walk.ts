import { Node, type SyntaxKind } from './source.ts';

/** Visits a node and all within it, in the order of the file. Where `visit` returns `false`, what is within is left out. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  if (visit(node) === false) return;
  node.forEachChild((child) => {
    walk(child, visit);
  });
}

/** A node and all within it. */
export function nodesIn(node: Node): readonly Node[] {
  const found: Node[] = [];
  walk(node, (each) => {
    found.push(each);
  });
  return found;
}

/** All nodes of some kinds within a node, in the order of the file. Costs less than to visit each. */
export const nodesOfKind = (node: Node, kinds: readonly SyntaxKind[]): readonly Node[] =>
  kinds
    .flatMap((kind): Node[] => node.getDescendantsOfKind(kind))
    .sort((a, b) => a.getStart() - b.getStart() || b.getEnd() - a.getEnd());

/** The node itself and what runs as part of it: functions and classes within are left out with all that they hold. */
export function ownNodes(code: Node | undefined): readonly Node[] {
  const found: Node[] = [];
  if (!code) return found;
  walk(code, (node) => {
    if (node !== code && opensScope(node)) return false;
    return found.push(node);
  });
  return found;
}

/** Whether what is within runs at another time, or with another `this`. */
export const opensScope = (node: Node): boolean =>
  Node.isFunctionLikeDeclaration(node) ||
  Node.isArrowFunction(node) ||
  Node.isFunctionExpression(node) ||
  Node.isClassDeclaration(node) ||
  Node.isClassExpression(node);
