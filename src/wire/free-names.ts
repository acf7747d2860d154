import { Node, type Identifier } from './source.ts';
import { nodesIn, opensScope, walk } from './walk.ts';

/** A name that code uses and does not declare itself. */
export interface FreeName {
  readonly name: string;
  readonly node: Identifier;
  /** Where this file declares it; undefined for what is global. */
  readonly declaration: Node | undefined;
  /** Whether it stands where a type does: it need not exist at run time. */
  readonly isType: boolean;
}

/** The names that a piece of code takes from around it, each place that uses one. Shadowing is seen; property names are not names. */
export function freeNames(code: Node): readonly FreeName[] {
  const found: FreeName[] = [];
  for (const node of nodesIn(code)) {
    if (!Node.isIdentifier(node) || !isReference(node)) continue;
    const declaration = declarationOf(node);
    const isOwn =
      declaration !== undefined && code.containsRange(declaration.getPos(), declaration.getEnd());
    if (!isOwn) {
      found.push({ name: node.getText(), node, declaration, isType: isTypePosition(node) });
    }
  }
  return found;
}

/** What a name that is used refers to, in this file; its import among that. */
export function declarationOf(node: Identifier): Node | undefined {
  const parent = node.getParent();
  // In `{ order }` the name stands for a property as well as for the variable.
  const symbol = Node.isShorthandPropertyAssignment(parent)
    ? parent.getValueSymbol()
    : node.getSymbol();
  return symbol?.getDeclarations()[0];
}

/** Whether an identifier refers to something in scope: neither a property's name nor the name that a declaration gives. */
export function isReference(node: Identifier): boolean {
  const parent = node.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() !== node;
  if (Node.isQualifiedName(parent)) return parent.getRight() !== node;
  if (Node.isBindingElement(parent)) return parent.getInitializer() === node;
  if (Node.isLabeledStatement(parent) || Node.isMetaProperty(parent)) return false;
  if (Node.isBreakStatement(parent) || Node.isContinueStatement(parent)) return false;
  if (Node.isJsxAttribute(parent)) return false;
  if (Node.isShorthandPropertyAssignment(parent)) return true;
  return !(Node.isNamed(parent) && parent.getNameNode() === node) && !isNameOf(parent, node);
}

const isNameOf = (parent: Node | undefined, node: Node): boolean =>
  (Node.isPropertyAssignment(parent) ||
    Node.isPropertySignature(parent) ||
    Node.isVariableDeclaration(parent) ||
    Node.isParameterDeclaration(parent) ||
    Node.isEnumMember(parent) ||
    Node.isMethodDeclaration(parent) ||
    Node.isPropertyDeclaration(parent)) &&
  parent.getNameNode() === node;

const isTypePosition = (node: Node): boolean => {
  const parent = node.getParent();
  if (Node.isQualifiedName(parent)) return isTypePosition(parent);
  return Node.isTypeReference(parent) || Node.isTypeQuery(parent);
};

/** What code takes from the call of the function around it. */
export type Receiver = 'this' | 'arguments' | 'new.target';

/** Which of `this` (or `super`), `arguments` and `new.target` of the function around it code uses. */
export function receiverIn(code: Node): ReadonlySet<Receiver> {
  const found = new Set<Receiver>();
  walk(code, (node) => {
    // An arrow function has the receiver of what is around it.
    if (node !== code && opensScope(node) && !Node.isArrowFunction(node)) return false;
    if (Node.isThisExpression(node) || Node.isSuperExpression(node)) found.add('this');
    else if (Node.isMetaProperty(node) && /^new/.test(node.getText())) found.add('new.target');
    else if (Node.isIdentifier(node) && node.getText() === 'arguments') found.add('arguments');
    return true;
  });
  return found;
}

/** Whether code uses `this`, `super`, `arguments` or `new.target` of the function around it. */
export const usesReceiver = (code: Node): boolean => receiverIn(code).size > 0;
