import { Node, type Source } from './source.ts';
import { nodesIn } from './walk.ts';

/** `name` where nothing in the file is called so, else the name with the lowest number that makes it free. */
export function freeName(source: Source, name: string, taken: readonly string[] = []): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}${count}`;
    if (!taken.includes(candidate) && !usesName(source.root, source.text, candidate))
      return candidate;
  }
}

/** Whether an identifier of that name stands anywhere in the node, property names apart. */
export function usesName(root: Node, text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  return nodesIn(root).some((node) => isUse(node, name));
}

function isUse(node: Node, name: string): boolean {
  if (!Node.isIdentifier(node) || node.getText() !== name) return false;
  const parent = node.getParent();
  const isProperty =
    (Node.isPropertyAccessExpression(parent) ||
      Node.isPropertyAssignment(parent) ||
      (Node.isImportSpecifier(parent) && parent.getAliasNode() !== undefined)) &&
    parent.getNameNode() === node;
  return !isProperty;
}

/** `orderItem` of `OrderItem`. */
export const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** `OrderItem` of `orderItem`. */
export const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `order-item` of `OrderItem`, `orderItem` or `HTTPOrderItem`. */
export const kebab = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
