import type { Draft } from '../../draft.ts';
import type { FunctionNode } from '../../callables.ts';
import { call } from '../../code.ts';
import { isExport } from '../../origin.ts';
import type { EditRecorder } from '../../recorder.ts';
import { insertAfter, insertBefore } from '../../statements.ts';
import {
  Node,
  SyntaxKind,
  declarationsOf,
  indentAt,
  lineOf,
  type Block,
  type CallExpression,
  type Source,
} from '../../source.ts';
import { ownNodes } from '../../walk.ts';

/** A function that runs when the process is told to end. */
export type Shutdown =
  | { readonly ok: true; readonly fn: FunctionNode }
  | { readonly ok: false; readonly line: number; readonly reason: string };

const GRACEFUL = /^(?:close-with-grace|http-graceful-shutdown|@godaddy\/terminus)$/;
const HANDLER_OPTION = /^(?:onShutdown|onSignal)$/;

/** What the file does already on SIGTERM and SIGINT: each function once; what cannot be followed is reported. */
export function shutdownsIn(source: Source): readonly Shutdown[] {
  const found: Shutdown[] = [];
  for (const { node, handler } of registrationsIn(source)) {
    const fn = followed(handler);
    if (!fn) {
      const reason = `the shutdown handler \`${handler.getText()}\` is not a function of this file`;
      found.push({ ok: false, line: lineOf(source, node.getStart()), reason });
    } else if (!found.some((one) => one.ok && one.fn === fn)) found.push({ ok: true, fn });
  }
  return found;
}

/** The calls that have something run when the process is told to end. */
export const registrationsIn = (
  source: Source,
): readonly { readonly node: CallExpression; readonly handler: Node }[] =>
  source.root.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((node) => {
    const handler = handlerOf(node);
    return handler ? [{ node, handler }] : [];
  });

function handlerOf(call: CallExpression): Node | undefined {
  const callee = call.getExpression();
  const args = call.getArguments();
  if (/^process\.(?:on|once|addListener|prependListener)$/.test(callee.getText())) {
    const [event, handler] = args;
    const isSignal = Node.isStringLiteral(event)
      ? /^SIG(?:TERM|INT|QUIT|HUP)$/.test(event.getLiteralValue())
      : Node.isIdentifier(event);
    return isSignal ? handler : undefined;
  }
  if (!isExport(callee, GRACEFUL, ['default', 'createTerminus', 'terminus'])) return undefined;
  const [last] = args.slice(-1);
  if (!Node.isObjectLiteralExpression(last)) return last;
  const option = last
    .getProperties()
    .find((one) => Node.isNamed(one) && HANDLER_OPTION.test(one.getName()));
  return Node.isPropertyAssignment(option) ? option.getInitializer() : option;
}

/** The function that does the work: `shutdown` of `() => shutdown('SIGTERM')`, of `shutdown.bind(…)`, or the function itself. */
export function followed(handler: Node, depth = 0): FunctionNode | undefined {
  if (Node.isIdentifier(handler)) {
    const [declaration] = declarationsOf(handler);
    if (Node.isFunctionDeclaration(declaration)) return declaration;
    const value = Node.isVariableDeclaration(declaration)
      ? declaration.getInitializer()
      : undefined;
    return Node.isArrowFunction(value) || Node.isFunctionExpression(value) ? value : undefined;
  }
  if (Node.isCallExpression(handler)) {
    const bound = handler.getExpression();
    const isBind = Node.isPropertyAccessExpression(bound) && bound.getName() === 'bind';
    return isBind ? followed(bound.getExpression(), depth + 1) : undefined;
  }
  if (Node.isMethodDeclaration(handler)) return handler;
  if (!Node.isArrowFunction(handler) && !Node.isFunctionExpression(handler)) return undefined;
  const passedTo = depth < 3 ? onlyCallee(handler) : undefined;
  return (passedTo && followed(passedTo, depth + 1)) ?? handler;
}

/** `shutdown` in a function that does nothing but `void shutdown('SIGTERM')`. */
function onlyCallee(fn: FunctionNode): Node | undefined {
  let node = fn.getBody();
  if (Node.isBlock(node)) {
    const [only, ...more] = node.getStatements();
    node = Node.isExpressionStatement(only) && more.length === 0 ? only.getExpression() : undefined;
  }
  while (Node.isVoidExpression(node) || Node.isAwaitExpression(node)) node = node.getExpression();
  if (!Node.isCallExpression(node)) return undefined;
  const callee = node.getExpression();
  return Node.isIdentifier(callee) ? callee : undefined;
}

/** Adds `close` to an existing shutdown: after the server has stopped taking requests, before anything that messages in hand may need is closed. */
export function recordInShutdown(
  draft: Draft,
  fn: FunctionNode,
  servers: readonly string[],
  close: string,
): void {
  const { recorder, style } = draft;
  const body = fn.getBody();
  const afterClose = body && closeCallback(body, servers);
  if (afterClose) return recordInCallback(draft, afterClose, close);
  if (!Node.isBlock(body)) return wrapExpression(draft, fn, servers, close);
  const statements = body.getStatements();
  const exit = statements.find(exits);
  if (!fn.isAsync() && !exit) {
    const plain = plainClose(body, servers);
    if (plain) return recordCallback(draft, plain, indentAt(draft.source, plain.getStart()), close);
    const last = statements.at(-1);
    const line = `void ${close}${style.end}`;
    if (last) insertAfter(draft, last, line);
    else insertFirst(draft, body, line);
    return;
  }
  makeAsync(recorder, fn);
  const line = `await ${close}${style.end}`;
  const closed = statements.find((one) => closesServer(one, servers));
  const waits = statements.find(
    (one) => one.getDescendantsOfKind(SyntaxKind.AwaitExpression).length > 0,
  );
  const next = waits ?? exit;
  const last = statements.at(-1);
  if (closed) insertAfter(draft, closed, line);
  else if (next) insertBefore(draft, next, line);
  else if (last) insertAfter(draft, last, line);
  else insertFirst(draft, body, line);
}

/** Adds steps above the statement that closes `server`. @returns whether there is one */
export function recordBefore(
  draft: Draft,
  fn: FunctionNode,
  server: string,
  steps: readonly string[],
): boolean {
  const { source, recorder, style } = draft;
  const body = fn.getBody();
  if (!body) return false;
  const lines = steps.map((step) => `${step}${style.end}`);
  if (!Node.isBlock(body)) {
    if (!closesServer(body, [server])) return false;
    const outer = indentAt(source, fn.getStart());
    const inner = outer + style.tab;
    makeAsync(recorder, fn);
    const waits = Node.isAwaitExpression(body) || Node.isVoidExpression(body);
    const last = waits ? '' : 'await ';
    recorder.insert(
      body.getStart(),
      `{\n${[...lines, last].map((line) => inner + line).join('\n')}`,
    );
    recorder.insert(body.getEnd(), `${style.end}\n${outer}}`);
    return true;
  }
  const closing = body.getStatements().find((one) => closesServer(one, [server]));
  if (!closing) return false;
  makeAsync(recorder, fn);
  insertBefore(draft, closing, ...lines);
  return true;
}

/** Whether code ends the process itself; a timer that does so later is another thing. */
const exits = (code: Node): boolean =>
  ownNodes(code).some(
    (node) => Node.isCallExpression(node) && node.getExpression().getText() === 'process.exit',
  );

const closesServer = (statement: Node, servers: readonly string[]): boolean =>
  servers.some((server) =>
    new RegExp(`(?<![\\w.])${escaped(server)}\\??\\.close\\b`).test(statement.getText()),
  );

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\#]/g, '\\$&');

/** The callback of `server.close(() => …)`. */
function closeCallback(body: Node, servers: readonly string[]): FunctionNode | undefined {
  for (const call of body.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const callee = call.getExpression();
    if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'close') continue;
    if (!servers.includes(callee.getExpression().getText().replace(/[?!]$/, ''))) continue;
    const [callback] = call.getArguments();
    if (Node.isArrowFunction(callback) || Node.isFunctionExpression(callback)) return callback;
  }
  return undefined;
}

function makeAsync(recorder: EditRecorder, fn: FunctionNode): void {
  if (fn.isAsync()) return;
  const at = Node.isMethodDeclaration(fn)
    ? fn.getNameNode().getStart()
    : (fn.getFirstChildByKind(SyntaxKind.FunctionKeyword) ?? fn).getStart();
  recorder.insert(at, 'async ');
}

/** `server.close()`, which nobody waits for. */
const plainClose = (code: Node, servers: readonly string[]): CallExpression | undefined =>
  ownNodes(code)
    .filter(Node.isCallExpression)
    .find((call) => {
      const callee = call.getExpression();
      const isClose = Node.isPropertyAccessExpression(callee) && callee.getName() === 'close';
      const isServer = isClose && servers.includes(callee.getExpression().getText());
      return (
        isServer && call.getArguments().length === 0 && !Node.isAwaitExpression(call.getParent())
      );
    });

/** `server.close()` becomes `server.close(() => void consumer.close())`: requests in hand may still need what is being closed. */
function recordCallback(
  { recorder, style }: Draft,
  closing: CallExpression,
  indent: string,
  close: string,
): void {
  const head = closing.getExpression().getText();
  const text = call(style, indent, head, { parameters: '()', body: `void ${close}` }, style.end);
  const end = text.length - style.end.length;
  recorder.replace(closing.getStart(), closing.getEnd(), text.slice(indent.length, end));
}

/** `server.close(() => …)`: closes before what is there. */
function recordInCallback(draft: Draft, callback: FunctionNode, close: string): void {
  const body = callback.getBody();
  if (!Node.isBlock(body)) return wrapExpression(draft, callback, [], close);
  makeAsync(draft.recorder, callback);
  insertFirst(draft, body, `await ${close}${draft.style.end}`);
}

/** Makes a block of an arrow function's one expression. */
function wrapExpression(
  draft: Draft,
  fn: FunctionNode,
  servers: readonly string[],
  close: string,
): void {
  const { source, recorder, style } = draft;
  const body = fn.getBody();
  if (!body) return;
  const outer = indentAt(source, fn.getStart());
  const inner = outer + style.tab;
  const ends = exits(body);
  const line = `${ends ? 'await' : 'void'} ${close}${style.end}`;
  const plain = plainClose(body, servers);
  if (ends) makeAsync(recorder, fn);
  recorder.insert(body.getStart(), `{\n${inner}${ends ? `${line}\n${inner}` : ''}`);
  if (plain) recordCallback(draft, plain, inner, close);
  const last = ends || plain ? '' : `\n${inner}${line}`;
  recorder.insert(body.getEnd(), `${style.end}${last}\n${outer}}`);
}

function insertFirst(draft: Draft, body: Block, line: string): void {
  const { source, recorder, style } = draft;
  const [first] = body.getStatements();
  if (first) return insertBefore(draft, first, line);
  const outer = indentAt(source, body.getStart());
  recorder.replace(body.getStart(), body.getEnd(), `{\n${outer}${style.tab}${line}\n${outer}}`);
}
