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

export type FunctionNode =
  MethodDeclaration | FunctionDeclaration | ArrowFunction | FunctionExpression;

export type ClassNode = ClassDeclaration | ClassExpression;

/** A function of the file that a target can name. */
export interface Callable {
  /** `loadUser`, `UserRepository.findById`, or `default`. */
  readonly symbol: string;
  /** Its own name without `#`. */
  readonly name: string;
  /** Where its name stands; the function itself when it has none. */
  readonly nameNode: Node;
  readonly fn: FunctionNode;
  /** The whole declaration: member of a class, or top-level statement. */
  readonly declaration: MethodDeclaration | PropertyDeclaration | Statement;
  readonly owner: ClassNode | undefined;
}

/** Functions and constants with functions at the top level, and the members of classes there. In the order of the file. */
export function callables(source: Source): readonly Callable[] {
  return source.root.getStatements().flatMap((statement): readonly Callable[] => {
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
    if (Node.isExportAssignment(statement) && isFunction(statement.getExpression())) {
      const fn = statement.getExpression() as ArrowFunction | FunctionExpression;
      return [
        {
          symbol: 'default',
          name: 'default',
          nameNode: fn,
          fn,
          declaration: statement,
          owner: undefined,
        },
      ];
    }
    return [];
  });
}

/** `exports.load = async (id) => …`, `module.exports = async function …`. */
function commonJsExport(statement: ExpressionStatement): readonly Callable[] {
  const assignment = statement.getExpression();
  if (!Node.isBinaryExpression(assignment)) return [];
  const [left, fn] = [assignment.getLeft(), assignment.getRight()];
  const target = /^(?:module\.)?exports(?:\.(\w+))?$/.exec(left.getText());
  const isAssigned = assignment.getOperatorToken().getText() === '=';
  if (!isAssigned || !target || !isFunction(fn) || left.getText() === 'exports') return [];
  const symbol = target[1] ?? 'default';
  const nameNode =
    symbol !== 'default' && Node.isPropertyAccessExpression(left) ? left.getNameNode() : fn;
  return [{ symbol, name: symbol, nameNode, fn, declaration: statement, owner: undefined }];
}

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
 * The callable that a target's symbol names: its symbol, or `L12` for the one that begins on that line, up to where its body begins. A line
 * within a body names none: lines move, and a number that is no longer true must not name whatever has come to stand there.
 */
export function callableFor(source: Source, symbol: string): Callable | undefined {
  const all = callables(source);
  const line = /^L(\d+)$/.exec(symbol)?.[1];
  if (line === undefined) return all.find((one) => one.symbol === symbol);
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
