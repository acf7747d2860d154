import type { Framework } from '../project/types.ts';
import { isExport } from './origin.ts';
import {
  Node,
  SyntaxKind,
  type Block,
  type CallExpression,
  type NewExpression,
  type Source,
  type SourceFile,
  type Statement,
} from './source.ts';
import { nodesOfKind } from './walk.ts';

export type Container = Block | SourceFile;

/** An application object: what handlers, middleware and plugins are added to. */
export interface App {
  readonly framework: Framework;
  /** The expression by which the file speaks of it, e.g. `app` or `this.app`. */
  readonly name: string;
  /** The call that makes it; the function of a Fastify plugin, which is given it. */
  readonly creation: Node;
  /** The statement that makes it; undefined for a plugin. */
  readonly statement: Statement | undefined;
  /** Where its statements stand. */
  readonly container: Container;
}

const MENTIONS = /['"](?:node:)?(?:express|fastify|hono|koa|https?|http2|@nestjs\/core|@hono)\b/;
const MAKING = [
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
];

/** All application objects that the file makes, and the plugins that are given one, in the order of the file. */
export function appsIn(source: Source): readonly App[] {
  // Most files have none, and need not be searched for it.
  if (!MENTIONS.test(source.text)) return [];
  return nodesOfKind(source.root, MAKING).flatMap((node) => {
    const framework = madeFramework(node);
    const app = framework ? appOf(node, framework) : pluginOf(node);
    return app ? [app] : [];
  });
}

function madeFramework(node: Node): Framework | undefined {
  if (Node.isNewExpression(node)) return constructedFramework(node);
  if (!Node.isCallExpression(node)) return undefined;
  const callee = node.getExpression();
  if (isExport(callee, /^express$/, ['default'])) return 'express';
  if (isExport(callee, /^fastify$/, ['default', 'fastify'])) return 'fastify';
  if (isExport(callee, /^(?:node:)?http[s2]?$/, ['createServer', 'createSecureServer'])) {
    return 'node-http';
  }
  const isCreate = Node.isPropertyAccessExpression(callee) && CREATES.test(callee.getName());
  return isCreate && isExport(callee.getExpression(), /^@nestjs\/core$/, ['NestFactory'])
    ? 'nest'
    : undefined;
}

const CREATES = /^create(?:Microservice|ApplicationContext)?$/;

function constructedFramework(node: NewExpression): Framework | undefined {
  const made = node.getExpression();
  if (isExport(made, /^(?:hono(?:\/.*)?|@hono\/zod-openapi)$/, ['Hono', 'OpenAPIHono'])) {
    return 'hono';
  }
  return isExport(made, /^koa$/, ['default']) ? 'koa' : undefined;
}

function appOf(creation: Node, framework: Framework): App | undefined {
  const holder = creation.getFirstAncestor(
    (node) =>
      Node.isVariableDeclaration(node) ||
      Node.isBinaryExpression(node) ||
      Node.isStatement(node) ||
      Node.isArrowFunction(node),
  );
  const statement = creation.getFirstAncestor(Node.isStatement);
  const container = statement?.getParent();
  if (!statement || !isContainer(container)) return undefined;
  const assigned = Node.isBinaryExpression(holder) && holder.getOperatorToken().getText() === '=';
  const name = Node.isVariableDeclaration(holder)
    ? holder.getName()
    : assigned
      ? holder.getLeft().getText()
      : '';
  return { framework, name, creation, statement, container };
}

export const isContainer = (node: Node | undefined): node is Container =>
  Node.isBlock(node) || Node.isSourceFile(node);

/** A function that Fastify calls with an instance: by the type of the parameter, or of the constant that holds it. */
function pluginOf(node: Node): App | undefined {
  const isFunction =
    Node.isArrowFunction(node) ||
    Node.isFunctionDeclaration(node) ||
    Node.isFunctionExpression(node);
  if (!isFunction) return undefined;
  const [parameter] = node.getParameters();
  const body = node.getBody();
  if (!parameter || !Node.isBlock(body)) return undefined;
  const holder = node.getParent();
  const declared = Node.isVariableDeclaration(holder) ? holder.getTypeNode() : undefined;
  const isPlugin =
    isFastifyType(parameter.getTypeNode(), ['FastifyInstance']) ||
    isFastifyType(declared, [
      'FastifyPluginAsync',
      'FastifyPluginCallback',
      'FastifyPluginAsyncTypebox',
    ]);
  if (!isPlugin || !Node.isIdentifier(parameter.getNameNode())) return undefined;
  return {
    framework: 'fastify',
    name: parameter.getName(),
    creation: node,
    statement: undefined,
    container: body,
  };
}

const isFastifyType = (type: Node | undefined, names: readonly string[]): boolean =>
  Node.isTypeReference(type) && isExport(type.getTypeName(), /fastify/, names);

/** A call after which the program answers: `x.listen(…)`, or `serve({ fetch })` of @hono/node-server. */
export interface Listening {
  readonly call: CallExpression;
  readonly statement: Statement;
  /** Where the statement stands; undefined under an `if` without braces. */
  readonly container: Container | undefined;
  /** What `listen` is called on; undefined for `serve`. */
  readonly on: string | undefined;
  /** The variable that holds what the call returns, if one does. */
  readonly holder: string | undefined;
}

export function listeningIn(source: Source): readonly Listening[] {
  if (!/listen|serve/.test(source.text)) return [];
  const found: Listening[] = [];
  for (const node of source.root.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const callee = node.getExpression();
    const on =
      Node.isPropertyAccessExpression(callee) && callee.getName() === 'listen'
        ? callee.getExpression().getText()
        : undefined;
    const serves = isExport(callee, /^@hono\/node-server$/, ['serve']);
    if (on === undefined && !serves) continue;
    const statement = node.getFirstAncestor(Node.isStatement);
    const container = statement?.getParent();
    if (!statement) continue;
    const variable = node.getFirstAncestor(Node.isVariableDeclaration);
    const held = variable && statement.containsRange(variable.getPos(), variable.getEnd());
    found.push({
      call: node,
      statement,
      container: isContainer(container) ? container : undefined,
      on,
      holder: held ? variable.getName() : undefined,
    });
  }
  return found;
}

/** Whether `await` may stand in the container. */
export function allowsAwait(container: Container, isModule: boolean): boolean {
  const fn = Node.isBlock(container)
    ? container.getFirstAncestor(
        (node) =>
          Node.isFunctionDeclaration(node) ||
          Node.isFunctionExpression(node) ||
          Node.isArrowFunction(node) ||
          Node.isMethodDeclaration(node) ||
          Node.isConstructorDeclaration(node) ||
          Node.isClassStaticBlockDeclaration(node),
      )
    : undefined;
  if (!fn) return isModule;
  return Node.isAsyncable(fn) && fn.isAsync();
}
