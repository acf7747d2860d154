import { noCallable, type ClassNode } from './callables.ts';
import { objectsOf, type HeldObject } from './objects.ts';
import { Node, type Source } from './source.ts';

/** Something that a symbol names and that is no target. */
export interface Unfit {
  readonly reason: string;
  readonly node: Node;
}

/** Says why a symbol names no function: what it names instead, or that there is nothing of the name. */
export const whyNoCallable = (source: Source, symbol: string): string =>
  unfitMember(source, symbol)?.reason ?? noCallable(source.file.path, symbol);

/** What a symbol names that is no function with a body; undefined when it names nothing of the kind. */
export function unfitMember(source: Source, symbol: string): Unfit | undefined {
  const [name = '', member] = symbol.split('.');
  const declared = source.root.getFunction(name);
  if (declared && member === undefined) {
    return { node: declared, reason: `${symbol} has no body: it is only declared` };
  }
  const inObject = unfitInObject(source, symbol);
  if (inObject) return inObject;
  const variable = member === undefined ? source.root.getVariableDeclaration(name) : undefined;
  const isClass = Node.isClassExpression(variable?.getInitializer());
  if (variable && !isClass) return { node: variable, reason: `${symbol} is no function` };
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

function unfitInObject(source: Source, symbol: string): Unfit | undefined {
  const objects = source.root.getStatements().flatMap(objectsOf);
  const whole = objects.find(({ prefix }) => prefix === `${symbol}.`);
  if (whole) {
    const reason = `${symbol} is an object; name one of its methods`;
    return { node: whole.literal, reason };
  }
  const object = objects.find(({ prefix }) => symbol.startsWith(prefix));
  const member = object?.literal.getProperty(symbol.slice(object.prefix.length));
  if (object && member) return { node: member, reason: `${symbol} ${whatIsHeld(member)}` };
  const spread = object && spreadOf(object);
  return spread && { node: spread, reason: `${symbol} ${mayCome(spread, object)}` };
}

const spreadOf = ({ literal }: HeldObject): Node | undefined =>
  literal.getProperties().find((one) => Node.isSpreadAssignment(one));

const mayCome = (spread: Node, { literal }: HeldObject): string =>
  `does not stand in the object of line ${literal.getStartLineNumber()}; where \`${spread.getText()}\` brings it, wire it where it is declared`;

/** What a member of an object literal is. */
function whatIsHeld(member: Node): string {
  const value = Node.isPropertyAssignment(member) ? member.getInitializer() : member;
  const isName = Node.isIdentifier(value) || Node.isShorthandPropertyAssignment(value);
  if (!isName) return whatIs(member);
  const name = Node.isShorthandPropertyAssignment(value) ? value.getNameNode() : value;
  const symbol = Node.isShorthandPropertyAssignment(value)
    ? value.getValueSymbol()
    : value.getSymbol();
  const [declaration] = symbol?.getDeclarations() ?? [];
  const from = declaration?.getFirstAncestor(Node.isImportDeclaration);
  return from
    ? `is \`${name.getText()}\` of ${from.getModuleSpecifier().getText()}; wire it in the file that declares it`
    : `is \`${name.getText()}\`, which is no function of this file`;
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
