import type { ClassNode } from '../../callables.ts';
import { Node, type Source } from '../../source.ts';

/** Something that a symbol names and that cannot be wrapped. */
export interface Unfit {
  readonly reason: string;
  readonly node: Node;
}

/** What a symbol names that is no function with a body; undefined when it names nothing of the kind. */
export function unfitMember(source: Source, symbol: string): Unfit | undefined {
  const [name = '', member] = symbol.split('.');
  const declared = source.root.getFunction(name);
  if (declared && member === undefined) {
    return { node: declared, reason: `${symbol} has no body: it is only declared` };
  }
  const owner = classNamed(source, name);
  if (!owner) return undefined;
  if (member === undefined) {
    return { node: owner, reason: `${symbol} is a class; name one of its methods` };
  }
  const node = owner
    .forEachChildAsArray()
    .find((one) =>
      member === 'constructor'
        ? Node.isConstructorDeclaration(one)
        : Node.hasName(one) && one.getName() === member,
    );
  return node && { node, reason: `${symbol} ${whatIs(node)}` };
}

function whatIs(node: Node): string {
  if (Node.isConstructorDeclaration(node)) {
    return 'is a constructor, which makes the object and returns no result';
  }
  if (Node.isGetAccessorDeclaration(node)) {
    return 'is a getter, which is read and not called; make it a method';
  }
  if (Node.isSetAccessorDeclaration(node)) return 'is a setter, which returns nothing';
  if (Node.isMethodDeclaration(node)) return 'has no body: it is abstract or only declared';
  return 'is no function';
}

const classNamed = ({ root }: Source, name: string): ClassNode | undefined =>
  root.getClass(name) ??
  [root.getVariableDeclaration(name)?.getInitializer()].find((one) => Node.isClassExpression(one));
