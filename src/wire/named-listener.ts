import { endBefore } from './code.ts';
import type { Draft } from './draft.ts';
import type { App } from './hosts.ts';
import { addImport } from './imports.ts';
import { isJavaScript } from './javascript.ts';
import { freeName } from './names.ts';
import { originOf } from './origin.ts';
import {
  Node,
  indentAt,
  lineStart,
  startWithComments,
  type ArrowFunction,
  type CallExpression,
  type FunctionExpression,
  type Source,
} from './source.ts';

type Inline = ArrowFunction | FunctionExpression;

/**
 * `createServer((request, response) => {…})` becomes `const requestListener = (request, response) => {…}` and `createServer(use(requestListener))` below it: what the
 * listener does stays on its lines as it is, so that the change is as small as it means, and can be taken back whatever is written there later.
 * False, with nothing recorded, where the listener is not laid out so that this could be done.
 */
export function recordNamedListener(
  draft: Draft,
  { creation, statement }: App,
  listener: Node,
  use: (name: string) => string,
): boolean {
  const { source, recorder, style } = draft;
  if (!statement || !Node.isCallExpression(creation) || !isInline(listener)) return false;
  if (!beginsItsStatement(source, statement, listener)) return false;
  const type = typeOf(draft, creation, listener);
  if (type === undefined) return false;
  const name = freeName(source, 'requestListener');
  const start = startWithComments(source, statement);
  const head = source.text.slice(start, listener.getStart());
  const indent = indentAt(source, start);
  recorder.replace(start, listener.getStart(), `const ${name}${type} = `);
  const end = endBefore(style, head);
  recorder.insert(listener.getEnd(), `${end}\n\n${indent}${head}${use(name)}`);
  return true;
}

const isInline = (node: Node): node is Inline =>
  (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) && Node.isBlock(node.getBody());

/** Over several lines, of which the first is the first of the statement, and the last as far to the left. */
function beginsItsStatement(source: Source, statement: Node, listener: Inline): boolean {
  const [start, end] = [statement.getStart(), listener.getEnd()];
  const canStandBelow =
    Node.isVariableStatement(statement) ||
    Node.isExpressionStatement(statement) ||
    Node.isReturnStatement(statement);
  return (
    canStandBelow &&
    lineStart(source, start) === lineStart(source, listener.getStart()) &&
    lineStart(source, start) !== lineStart(source, end) &&
    indentAt(source, start) === indentAt(source, end)
  );
}

/** `: RequestListener` where the parameters had their types from the place that they stood in; undefined where that is another one. */
function typeOf(draft: Draft, creation: CallExpression, listener: Inline): string | undefined {
  const isTyped = listener.getParameters().every((parameter) => parameter.getTypeNode());
  if (isJavaScript(draft.source.file.path) || isTyped) return '';
  const callee = creation.getExpression();
  const module = originOf(callee)?.module;
  if (module === undefined || !/^(?:node:)?https?$/.test(module)) return undefined;
  if (creation.getTypeArguments().length > 0) return undefined;
  const from = module.replace(/s$/, '');
  return `: ${addImport(draft, { name: 'RequestListener', typeOnly: true, from })}`;
}
