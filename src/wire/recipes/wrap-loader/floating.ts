import type { FunctionNode } from '../../callables.ts';
import type { CodeStyle } from '../../code.ts';
import { Node, type CallExpression } from '../../source.ts';
import { nodesIn, opensScope } from '../../walk.ts';
import { isStored, mayWrite } from './effects.ts';

/** A write that is begun and that nothing waits for: the cached copy is out of date at a time that nobody is told of. */
export interface Floating {
  readonly call: CallExpression;
  /** It is told by a callback when it has finished. */
  readonly hasCallback: boolean;
  /** It is certain that more is to come: marked by `void`, continued by `then`, or told by a callback. */
  readonly isCertain: boolean;
}

/** The writes for which a function does not wait, in the order of the file. */
export const floatingWrites = (fn: FunctionNode): readonly Floating[] =>
  nodesIn(fn).flatMap((node) => {
    if (!Node.isCallExpression(node) || !isBegun(node) || !isFloating(node, fn)) return [];
    const hasCallback = node.getArguments().some(isCallback);
    return [{ call: node, hasCallback, isCertain: hasCallback || isMarked(node) }];
  });

/** Whether a call begins to store something. */
const isBegun = (call: CallExpression): boolean =>
  isStored(call) || (isVoid(call) && mayWrite(call));

const isVoid = (call: Node): boolean => Node.isVoidExpression(call.getParent());

/** `void` before it, `then` or `catch` behind it, or a `forEach` around it that waits for none of its functions. */
function isMarked(call: CallExpression): boolean {
  const parent = call.getParent();
  const isContinued =
    Node.isPropertyAccessExpression(parent) && /^(?:then|catch|finally)$/.test(parent.getName());
  return isVoid(call) || isContinued || Node.isAwaitExpression(parent);
}

const isCallback = (argument: Node): boolean =>
  Node.isArrowFunction(argument) ||
  Node.isFunctionExpression(argument) ||
  (Node.isIdentifier(argument) && /^(?:cb|callback|done|next)$/.test(argument.getText()));

/** Follows a value to where it ends: in a statement of its own, or in what the function waits for or hands back. */
function isFloating(call: Node, fn: FunctionNode): boolean {
  for (let node: Node | undefined = call; node && node !== fn;) {
    const parent: Node | undefined = node.getParent();
    if (Node.isVariableDeclaration(parent) || parent === fn) return false;
    const isAwaited = Node.isAwaitExpression(parent) || Node.isReturnStatement(parent);
    if (!isAwaited && !Node.isExpressionStatement(parent)) {
      node = parent;
      continue;
    }
    const around: Node | undefined = parent.getAncestors().find(opensScope);
    const user = around?.getParent();
    const isPromise = Node.isNewExpression(user) && user.getExpression().getText() === 'Promise';
    if (around === fn || (!isAwaited && !isPromise)) return !isAwaited;
    node = isPromise ? user : around;
  }
  return false;
}

/** What to write in the place of a write that nothing waits for. `invalidation` is the call without `await`. */
export function waitingFor(
  style: CodeStyle,
  { call, hasCallback }: Floating,
  fn: FunctionNode,
  invalidation: string,
): string {
  if (hasCallback) return `void ${invalidation}${style.end}`;
  const parent = call.getParent();
  const isDirect = isVoid(call) || Node.isExpressionStatement(parent);
  const canWait = fn.isAsync() && isDirect && call.getAncestors().find(opensScope) === fn;
  if (canWait || Node.isAwaitExpression(parent)) {
    return `await ${call.getText()}${style.end}\nawait ${invalidation}${style.end}`;
  }
  const statement = call.getFirstAncestor(Node.isExpressionStatement)?.getText() ?? call.getText();
  const at = statement.indexOf(call.getText()) + call.getText().length;
  return `${statement.slice(0, at)}.then(() => ${invalidation})${statement.slice(at)}`;
}
