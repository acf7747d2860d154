import { isExport } from '../../origin.ts';
import {
  Node,
  SyntaxKind,
  declarationsOf,
  type ArrayLiteralExpression,
  type ClassDeclaration,
  type MethodDeclaration,
  type ObjectLiteralExpression,
  type Source,
} from '../../source.ts';
import { ownNodes } from '../../walk.ts';

/** A class with `@Module`, or a function of it that returns a dynamic module. */
export interface NestModule {
  /** `AppModule`, `ConfigModule.forRoot`. */
  readonly symbol: string;
  readonly owner: ClassDeclaration;
  /** The function that returns a dynamic module. */
  readonly factory: MethodDeclaration | undefined;
}

/** All modules of the file, each followed by its functions that return dynamic ones. */
export function nestModules({ root, text }: Source): readonly NestModule[] {
  if (!/['"]@nestjs\/common['"]/.test(text)) return [];
  return root.getClasses().flatMap((owner): readonly NestModule[] => {
    if (!moduleDecorator(owner)) return [];
    const symbol = owner.getName() ?? 'default';
    const factories = owner
      .getStaticMethods()
      .filter((method) => /\bDynamicModule\b/.test(method.getReturnTypeNode()?.getText() ?? ''));
    return [
      { symbol, owner, factory: undefined },
      ...factories.map((factory) => ({
        symbol: `${symbol}.${factory.getName()}`,
        owner,
        factory,
      })),
    ];
  });
}

const moduleDecorator = (owner: ClassDeclaration) =>
  owner.getDecorators().find((decorator) => {
    const call = decorator.getCallExpression();
    return call && isExport(call.getExpression(), /^@nestjs\/common$/, ['Module']);
  });

/** Where the module says what it is made of: an object to read, or the brackets of `@Module()` to put one into. */
export type Metadata =
  | { readonly kind: 'object'; readonly node: ObjectLiteralExpression }
  | { readonly kind: 'empty'; readonly at: number }
  | { readonly kind: 'unknown'; readonly reason: string };

const unknown = (reason: string): Metadata => ({ kind: 'unknown', reason });

export function metadataOf({ owner, factory }: NestModule): Metadata {
  if (factory) return returnedMetadata(factory);
  const call = moduleDecorator(owner)?.getCallExpression();
  const [argument] = call?.getArguments() ?? [];
  if (call && !argument) return { kind: 'empty', at: call.getEnd() - 1 };
  const node = literalOf(argument, Node.isObjectLiteralExpression);
  return node
    ? { kind: 'object', node }
    : unknown('what `@Module` is given does not stand in this file');
}

function returnedMetadata(factory: MethodDeclaration): Metadata {
  const returned = ownNodes(factory.getBody()).filter(Node.isReturnStatement);
  const [only, ...more] = returned;
  if (!only || more.length > 0) {
    return unknown(`${factory.getName()} does not return one module in one place`);
  }
  const node = literalOf(only.getExpression(), Node.isObjectLiteralExpression);
  return node
    ? { kind: 'object', node }
    : unknown(`the module that ${factory.getName()} returns does not stand in this file`);
}

/** The list under a key of the metadata: an array to add to, an expression to spread into a new one, or a place for the key. */
export type List =
  | { readonly kind: 'array'; readonly node: ArrayLiteralExpression }
  | { readonly kind: 'shared'; readonly node: Node; readonly name: string }
  | { readonly kind: 'absent'; readonly object: ObjectLiteralExpression }
  | { readonly kind: 'unknown'; readonly reason: string };

export function listOf(object: ObjectLiteralExpression, key: string): List {
  const property = object.getProperty(key);
  if (!property) {
    const isSpread = object.getProperties().some((one) => Node.isSpreadAssignment(one));
    return isSpread
      ? { kind: 'unknown', reason: `\`${key}\` may come from what is spread into the module` }
      : { kind: 'absent', object };
  }
  const value = Node.isShorthandPropertyAssignment(property)
    ? property.getNameNode()
    : Node.isPropertyAssignment(property)
      ? property.getInitializer()
      : undefined;
  const node = literalOf(value, Node.isArrayLiteralExpression);
  if (!node || !value) {
    return { kind: 'unknown', reason: `\`${key}\` is not a list that stands in this file` };
  }
  // A constant that others use as well must not change for them.
  return Node.isIdentifier(value) && isShared(value)
    ? { kind: 'shared', node: property, name: value.getText() }
    : { kind: 'array', node };
}

/** A literal, or that which a constant of this file is made with. */
function literalOf<T extends Node>(
  node: Node | undefined,
  isLiteral: (node: Node | undefined) => node is T,
): T | undefined {
  const plain =
    Node.isAsExpression(node) || Node.isSatisfiesExpression(node) ? node.getExpression() : node;
  if (isLiteral(plain)) return plain;
  if (!Node.isIdentifier(plain)) return undefined;
  const [declaration] = valueDeclarations(plain);
  if (!Node.isVariableDeclaration(declaration)) return undefined;
  const isConstant = declaration.getVariableStatement()?.getDeclarationKind() === 'const';
  return isConstant ? literalOf(declaration.getInitializer(), isLiteral) : undefined;
}

const valueDeclarations = (name: Node): readonly Node[] => {
  const parent = name.getParent();
  return Node.isShorthandPropertyAssignment(parent)
    ? (parent.getValueSymbol()?.getDeclarations() ?? [])
    : declarationsOf(name);
};

/** Whether a constant is exported, or used in more than one place. */
function isShared(name: Node): boolean {
  const [declaration] = valueDeclarations(name);
  const statement = declaration?.getFirstAncestor(Node.isVariableStatement);
  const uses = name
    .getSourceFile()
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .filter(
      (one) =>
        one.getText() === name.getText() &&
        one.getParent() !== declaration &&
        valueDeclarations(one)[0] === declaration,
    );
  return statement?.isExported() === true || uses.length > 1;
}
