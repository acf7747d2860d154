import { isJavaScript } from './javascript.ts';
import { receiverIn } from './free-names.ts';
import {
  Node,
  SyntaxKind,
  type FunctionDeclaration,
  type FunctionExpression,
  type ArrowFunction,
  type MethodDeclaration,
  type ObjectLiteralExpression,
  type PropertyAssignment,
  type Source,
  type Statement,
} from './source.ts';

type Movable = MethodDeclaration | FunctionDeclaration | ArrowFunction | FunctionExpression;

export type ObjectMember = MethodDeclaration | PropertyAssignment;

/** An object literal at the top level of a file, whose members can be targets. */
export interface HeldObject {
  readonly literal: ObjectLiteralExpression;
  /** How the file can speak of it: `users`, `module.exports`; undefined for `export default { … }`. */
  readonly name: string | undefined;
  /** What stands before the name of a member in a symbol: `users.`, `default.`, nothing for what CommonJS exports. */
  readonly prefix: string;
  /** The top-level statement in which it stands. */
  readonly statement: Statement;
}

/** The objects that a top-level statement declares or exports. */
export function objectsOf(statement: Statement): readonly HeldObject[] {
  const values = Node.isVariableStatement(statement)
    ? statement.getDeclarations().map((one) => ({
        node: one.getInitializer(),
        name: one.getName(),
        prefix: `${one.getName()}.`,
      }))
    : [exportedValue(statement)];
  return values.flatMap((value) => {
    const literal = literalOf(value?.node);
    return value && literal ? [{ literal, name: value.name, prefix: value.prefix, statement }] : [];
  });
}

/** The object literal of `{ … }`, `{ … } as const`, `{ … } satisfies T`, `({ … })` and `Object.freeze({ … })`. */
export function literalOf(value: Node | undefined): ObjectLiteralExpression | undefined {
  if (Node.isObjectLiteralExpression(value)) return value;
  if (
    Node.isAsExpression(value) ||
    Node.isSatisfiesExpression(value) ||
    Node.isParenthesizedExpression(value)
  ) {
    return literalOf(value.getExpression());
  }
  const isFrozen =
    Node.isCallExpression(value) && value.getExpression().getText() === 'Object.freeze';
  return isFrozen ? literalOf(value.getArguments()[0]) : undefined;
}

interface ExportedValue {
  readonly node: Node;
  readonly name: string | undefined;
  readonly prefix: string;
}

/** What `export default …`, `module.exports = …` or `exports.users = …` exports. */
function exportedValue(statement: Statement): ExportedValue | undefined {
  if (Node.isExportAssignment(statement)) {
    return { node: statement.getExpression(), name: undefined, prefix: 'default.' };
  }
  const assignment = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
  if (!Node.isBinaryExpression(assignment)) return undefined;
  const name = assignment.getLeft().getText();
  const target = /^(?:module\.exports|exports(?=\.))(?:\.(\w+))?$/.exec(name);
  if (!target || assignment.getOperatorToken().getText() !== '=') return undefined;
  const prefix = target[1] === undefined ? '' : `${target[1]}.`;
  return { node: assignment.getRight(), name, prefix };
}

/**
 * The symbol under which a function is declared that goes by another in an object or as the default of its file: `findById` for `users.findById` of
 * `const users = { findById }` and for `default` of `export default findById`. Undefined for what is handed out by no such name.
 */
export function ownSymbolOf(source: Source, symbol: string): string | undefined {
  const [head, ...rest] = symbol.split('.');
  const whole = head === 'default' ? defaultOf(source) : undefined;
  if (whole !== undefined) return [whole, ...rest].join('.');
  for (const { literal, prefix } of source.root.getStatements().flatMap(objectsOf)) {
    if (!symbol.startsWith(prefix)) continue;
    const member = literal.getProperty(symbol.slice(prefix.length));
    if (Node.isShorthandPropertyAssignment(member)) return member.getName();
    const value = Node.isPropertyAssignment(member) ? member.getInitializer() : undefined;
    if (Node.isIdentifier(value) || Node.isPropertyAccessExpression(value)) return value.getText();
  }
  return undefined;
}

function defaultOf({ root }: Source): string | undefined {
  for (const statement of root.getStatements()) {
    const isNamed = Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement);
    if (isNamed && statement.isDefaultExport()) return statement.getName();
    const value = exportedValue(statement);
    if (value && /^(?:default\.)?$/.test(value.prefix)) {
      if (Node.isIdentifier(value.node)) return value.node.getText();
      if (Node.isFunctionExpression(value.node)) return value.node.getName();
    }
  }
  return undefined;
}

/**
 * Why a function cannot move out of the object that holds it; undefined when it can. The object keeps its members: whoever lists them, or checks
 * them with `satisfies`, must find none that was not there.
 */
export function boundToObject(fn: Movable, { name, literal }: HeldObject): string | undefined {
  if (fn.getDescendantsOfKind(SyntaxKind.SuperKeyword).length > 0) {
    return 'it uses `super`, which only a method of its object can';
  }
  const isTyped = !isJavaScript(fn.getSourceFile().getFilePath());
  const untyped = fn.getParameters().find((one) => !one.getTypeNode() && !one.getInitializer());
  if (untyped && isTyped) {
    return `the type of its parameter \`${untyped.getName()}\` is not written; write it`;
  }
  if (!usesOwnThis(fn)) return undefined;
  if (name === undefined || (isTyped && !/^[\w$]+$/.test(name))) {
    return 'it uses `this` of an object that has no name; declare the object as a constant';
  }
  if (!isTyped) return undefined;
  if (!fn.getReturnTypeNode()) {
    return 'it uses `this`, and the type that it returns is not written; write it';
  }
  return literal.getAncestors().some(Node.isSatisfiesExpression)
    ? `it uses \`this\`, whose type \`satisfies\` decides; use \`${name}\` instead`
    : undefined;
}

/** Whether it uses the `this` with which it is called; an arrow function has that of its surroundings. */
export const usesOwnThis = (fn: Movable): boolean =>
  !Node.isArrowFunction(fn) &&
  [fn.getBody(), ...fn.getParameters()].some((part) => part && receiverIn(part).has('this'));
