import { Node, type Source } from '../../source.ts';
import type { ClassNode } from '../../callables.ts';

/** What a symbol names that is no function to be wrapped; undefined when it names nothing of the kind. */
export function whyNotCallable(source: Source, symbol: string): string | undefined {
  const [className, member] = symbol.split('.');
  const owner = classNamed(source, className ?? '');
  if (!owner) return undefined;
  if (member === undefined) return `${symbol} is a class; name one of its methods`;
  if (member === 'constructor')
    return `${symbol} is a constructor, which makes the object and returns no result`;
  const named = owner
    .forEachChildAsArray()
    .find((one) => Node.hasName(one) && one.getName() === member);
  if (Node.isGetAccessorDeclaration(named)) {
    return `${symbol} is a getter, which is read and not called; make it a method`;
  }
  if (Node.isSetAccessorDeclaration(named)) return `${symbol} is a setter, which returns nothing`;
  if (Node.isMethodDeclaration(named))
    return `${symbol} has no body: it is abstract or only declared`;
  return named ? `${symbol} is no function` : undefined;
}

const classNamed = ({ root }: Source, name: string): ClassNode | undefined =>
  root.getClass(name) ??
  [root.getVariableDeclaration(name)?.getInitializer()].find((one) => Node.isClassExpression(one));
