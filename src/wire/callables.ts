import {
  Node,
  SyntaxKind,
  type ArrowFunction,
  type ClassDeclaration,
  type ClassExpression,
  type ExpressionStatement,
  type FunctionDeclaration,
  type FunctionExpression,
  type MethodDeclaration,
  type PropertyDeclaration,
  type Source,
  type Statement,
} from './source.ts';
import { objectsOf, ownSymbolOf, type HeldObject, type ObjectMember } from './objects.ts';

export type FunctionNode =
  MethodDeclaration | FunctionDeclaration | ArrowFunction | FunctionExpression;

export type ClassNode = ClassDeclaration | ClassExpression;

/** A function of the file that a target can name. */
export interface Callable {
  /** `loadUser`, `UserRepository.findById`, `users.findById` of an object, or `default`. */
  readonly symbol: string;
  /** Its own name without `#`. */
  readonly name: string;
  /** Where its name stands; the function itself when it has none. */
  readonly nameNode: Node;
  readonly fn: FunctionNode;
  /** The whole declaration: member of a class or an object, or top-level statement. */
  readonly declaration: MethodDeclaration | PropertyDeclaration | ObjectMember | Statement;
  readonly owner: ClassNode | undefined;
  /** The object literal of which it is a member. */
  readonly object?: HeldObject;
}

/** Functions and constants with functions at the top level, and the members of classes and objects there. In the order of the file. */
export function callables(source: Source): readonly Callable[] {
  return source.root
    .getStatements()
    .flatMap((one) => [...declared(one), ...objectsOf(one).flatMap(objectMembers)]);
}

function declared(statement: Statement): readonly Callable[] {
  if (Node.isFunctionDeclaration(statement)) {
    if (statement.isOverload()) return [];
    const symbol = statement.getName() ?? 'default';
    const nameNode = statement.getNameNode() ?? statement;
    return [
      { symbol, name: symbol, nameNode, fn: statement, declaration: statement, owner: undefined },
    ];
  }
  if (Node.isClassDeclaration(statement)) {
    return members(statement, statement.getName() ?? 'default');
  }
  if (Node.isVariableStatement(statement)) {
    return statement.getDeclarations().flatMap((declaration) => {
      const value = declaration.getInitializer();
      const symbol = declaration.getName();
      if (Node.isClassExpression(value)) return members(value, symbol);
      if (!isFunction(value)) return [];
      const nameNode = declaration.getNameNode();
      return [
        { symbol, name: symbol, nameNode, fn: value, declaration: statement, owner: undefined },
      ];
    });
  }
  if (Node.isExpressionStatement(statement)) return commonJsExport(statement);
  if (!Node.isExportAssignment(statement)) return [];
  const value = statement.getExpression();
  return isFunction(value) ? [exported(value, statement)] : [];
}

/** `exports.load = async (id) => …`, `module.exports = async function …`. */
function commonJsExport(statement: ExpressionStatement): readonly Callable[] {
  const assignment = statement.getExpression();
  if (!Node.isBinaryExpression(assignment)) return [];
  const [left, value] = [assignment.getLeft(), assignment.getRight()];
  const target = /^(?:module\.)?exports(?:\.(\w+))?$/.exec(left.getText());
  const isAssigned = assignment.getOperatorToken().getText() === '=';
  if (!isAssigned || !target || left.getText() === 'exports') return [];
  const symbol = target[1];
  if (!isFunction(value)) return [];
  const isNamed = symbol !== undefined && Node.isPropertyAccessExpression(left);
  if (!isNamed) return [exported(value, statement)];
  return [
    {
      symbol,
      name: symbol,
      nameNode: left.getNameNode(),
      fn: value,
      declaration: statement,
      owner: undefined,
    },
  ];
}

/** What a file exports as its default, by its own name where it has one. */
function exported(fn: ArrowFunction | FunctionExpression, declaration: Statement): Callable {
  const named = Node.isFunctionExpression(fn) ? fn.getNameNode() : undefined;
  const symbol = named?.getText() ?? 'default';
  return { symbol, name: symbol, nameNode: named ?? fn, fn, declaration, owner: undefined };
}

/** Methods and properties that hold functions. What an object takes from elsewhere (`{ findById }`) is a function of its own. */
const objectMembers = (object: HeldObject): readonly Callable[] =>
  object.literal.getProperties().flatMap((member) => {
    if (!Node.isMethodDeclaration(member) && !Node.isPropertyAssignment(member)) return [];
    const fn = Node.isMethodDeclaration(member) ? member : member.getInitializer();
    if (!Node.isMethodDeclaration(fn) && !isFunction(fn)) return [];
    const name = member.getName();
    const nameNode = member.getNameNode();
    const symbol = object.prefix + name;
    return [{ symbol, name, nameNode, fn, declaration: member, owner: undefined, object }];
  });

/** Whether the function shares its declaration with others: `const a = () => 1, b = 2`. */
export const isDeclaredWithOthers = ({ declaration }: Callable): boolean =>
  Node.isVariableStatement(declaration) && declaration.getDeclarations().length > 1;

function members(owner: ClassNode, className: string): readonly Callable[] {
  return owner.getMembers().flatMap((member) => {
    const isMethod = Node.isMethodDeclaration(member);
    if (!isMethod && !Node.isPropertyDeclaration(member)) return [];
    const fn = isMethod ? member : member.getInitializer();
    if (!isMethod && !isFunction(fn)) return [];
    const name = member.getName().replace(/^#/, '');
    return [
      {
        symbol: `${className}.${member.getName()}`,
        name,
        nameNode: member.getNameNode(),
        fn: fn as FunctionNode,
        declaration: member,
        owner,
      },
    ];
  });
}

const isFunction = (node: Node | undefined): node is ArrowFunction | FunctionExpression =>
  Node.isArrowFunction(node) || Node.isFunctionExpression(node);

/**
 * The callable that a target's symbol names: its symbol, another name by which the file hands it out (`users.findById` of
 * `const users = { findById }`, `default`), or `L12` for the one that begins on that line, up to where its body begins. A line within a body names
 * none: lines move, and a number that is no longer true must not name whatever has come to stand there.
 */
export function callableFor(source: Source, symbol: string): Callable | undefined {
  const all = callables(source);
  const line = /^L(\d+)$/.exec(symbol)?.[1];
  if (line === undefined) {
    const handedOut = () => ownSymbolOf(source, symbol);
    return (
      all.find((one) => one.symbol === symbol) ?? all.find((one) => one.symbol === handedOut())
    );
  }
  return all.findLast(({ declaration, fn }) => {
    const last = (fn.getBody() ?? declaration).getStartLineNumber();
    return declaration.getStartLineNumber() <= Number(line) && Number(line) <= last;
  });
}

/** Says that a file has no such callable. */
export function noCallable(path: string, symbol: string): string {
  const line = /^L(\d+)$/.exec(symbol)?.[1];
  return line === undefined
    ? `${path} has no function ${symbol}`
    : `no function of ${path} begins in line ${line}`;
}

/** Whether the class hides members by the keyword and not by `#`. Members count, not parameters of the constructor: these cannot have a `#`. */
export function usesPrivateKeyword(owner: ClassNode): boolean {
  const members = owner.getMembers();
  const hash = members.some((member) => Node.hasName(member) && member.getName().startsWith('#'));
  const keyword = members.some(
    (member) => Node.isModifierable(member) && member.hasModifier(SyntaxKind.PrivateKeyword),
  );
  return keyword && !hash;
}
