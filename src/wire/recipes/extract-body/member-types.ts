import type { ClassNode } from '../../callables.ts';
import { Node, type Expression, type Source, type TypeNode } from '../../source.ts';
import { portableType, type PortableType } from '../../type-facts.ts';
import { isClass } from './late.ts';

/** What `this.orders` is written to be. */
export function memberType(expression: Node): TypeNode | undefined {
  const name = ownMember(expression);
  const owner = name === undefined ? undefined : classAround(expression);
  if (!owner || name === undefined) return undefined;
  const parameter = owner
    .getConstructors()
    .flatMap((one) => one.getParameters())
    .find((one) => one.isParameterProperty() && one.getName() === name);
  return (
    parameter ??
    owner.getInstanceProperty(name) ??
    owner.getStaticProperty(name)
  )?.getFirstChild(Node.isTypeNode);
}

/** The method of the class that `this.findOpen` is. */
export function memberMethod(callee: Node) {
  const name = ownMember(callee);
  const owner = name === undefined ? undefined : classAround(callee);
  return name === undefined ? undefined : owner?.getMethod(name);
}

/**
 * The type of the method in `this.orders.findOpen(…)`, as `write` makes it of `Orders['findOpen']`.
 * `undefined` where the type of `orders` is not written in the class.
 */
export function typeByMember(
  source: Source,
  callee: Expression,
  write: (method: string) => string,
): PortableType | string | undefined {
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const type = memberType(callee.getExpression());
  if (!Node.isTypeReference(type)) return undefined;
  const portable = portableType(source, [type]);
  if (typeof portable === 'string') return portable;
  return { ...portable, text: write(`${portable.text}['${callee.getName()}']`) };
}

/** `orders` of `this.orders`. */
const ownMember = (node: Node): string | undefined =>
  Node.isPropertyAccessExpression(node) && Node.isThisExpression(node.getExpression())
    ? node.getName()
    : undefined;

const classAround = (node: Node): ClassNode | undefined => node.getFirstAncestor(isClass);
