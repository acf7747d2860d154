import { call, type CodeStyle } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import type { Callable, FunctionNode } from '../../callables.ts';
import { freeName, lowerFirst, usesName } from '../../names.ts';
import type { EditRecorder } from '../../recorder.ts';
import {
  Node,
  SyntaxKind,
  codeEnd,
  indentAt,
  lineStart,
  type Block,
  type Expression,
  type ReturnStatement,
  type Statement,
} from '../../source.ts';
import { endsLine, lineContentEnd } from '../../trivia.ts';
import { mayWrite, writesIn } from './effects.ts';
import type { Names } from './edits.ts';
import type { Write, WriteId } from './writes.ts';
import { ownNodes } from '../../walk.ts';

type ClearWrite = Extract<Write, { clear: true }>;

/** One way out of a write after something was written. */
type Exit =
  /** `return x;` where the value is there already. */
  | { readonly at: 'before-return'; readonly statement: ReturnStatement }
  /** `return this.db.…;`: the write is in the returned expression. */
  | { readonly at: 'in-return'; readonly statement: ReturnStatement; readonly value: Expression }
  | { readonly at: 'after'; readonly statement: Statement };

/** Where a write ends after it was written; a reason when that cannot be told. */
function exitsOf({ callable: { fn }, id }: ClearWrite): readonly Exit[] | string {
  const body = fn.getBody();
  if (!fn.isAsync() && !/^Promise\b/.test(fn.getReturnTypeNode()?.getText() ?? '')) {
    return 'it neither is async nor says that it returns a promise';
  }
  if (!Node.isBlock(body)) {
    return 'its body is one expression, which leaves no place after the write';
  }
  const nodes = ownNodes(body);
  const returns = nodes.filter(Node.isReturnStatement);
  const isReturned = (node: Node) =>
    returns.some((one) => one.containsRange(node.getPos(), node.getEnd()));
  const waits = nodes.filter(Node.isAwaitExpression).filter((node) => !isReturned(node));
  const likely = waits.filter((node) => mayWrite(node.getExpression()));
  const inReturns = returns.some((one) => writesIn(one.getExpression()));
  const steps = likely.length > 0 || inReturns ? likely : waits;

  const [step, ...more] = steps;
  const isOne = step !== undefined && more.length === 0 && !inReturns;
  const place = isOne && id.of === 'parameter' ? statementOf(step) : undefined;
  if (place) return [{ at: 'after', statement: place }];

  const exits: Exit[] = [];
  for (const statement of returns) {
    const value = statement.getExpression();
    if (value && writesIn(value)) {
      if (needsAwait(value) && isInTry(statement, fn)) {
        return 'it returns a promise from within `try`, and waiting for it there would change what `catch` sees';
      }
      exits.push({ at: 'in-return', statement, value });
    } else if (steps.some((one) => one.getStart() < statement.getStart())) {
      exits.push({ at: 'before-return', statement });
    }
  }
  const last = body.getStatements().at(-1);
  if (last && completes(last) && steps.length > 0) exits.push({ at: 'after', statement: last });
  return exits.length > 0 ? exits : 'it does not wait for its write';
}

/** The statement of which an `await` is all that it does, unless it is repeated. */
function statementOf(step: Node): Statement | undefined {
  const statement = step.getFirstAncestor(
    (node): node is Statement => Node.isExpressionStatement(node) || Node.isVariableStatement(node),
  );
  if (!statement || !Node.isBlock(statement.getParent())) return undefined;
  for (const ancestor of statement.getAncestors()) {
    if (Node.isIterationStatement(ancestor)) return undefined;
    if (Node.isFunctionLikeDeclaration(ancestor) || Node.isArrowFunction(ancestor)) break;
  }
  return statement;
}

/**
 * `await this.#byId.invalidate(id);`
 * @param indent of the line that it will stand on, by which it is broken where it is too long
 */
export function invalidation(
  style: CodeStyle,
  cache: string,
  { text, list }: Pick<WriteId, 'text' | 'list'>,
  indent = '',
): string {
  if (!list) return `await ${cache}.invalidate(${text})${style.end}`;
  const keys =
    'key' in list
      ? `${text}.map(${style.arrowParameter(list.of)} => ${list.of}.${list.key})`
      : text;
  const head = `await ${cache}.invalidateMany`;
  return call(style, indent, head, keys, style.end).slice(indent.length);
}

/** A write with the ways out after which it has to invalidate. */
export interface Invalidation {
  readonly write: ClearWrite;
  readonly exits: readonly Exit[];
  /** All that it writes it writes through others, which invalidate. */
  readonly isDelegate?: boolean;
}

/** Decides where to invalidate; a reason when that cannot be told. */
export function planInvalidation(write: ClearWrite): Invalidation | string {
  const exits = exitsOf(write);
  if (typeof exits === 'string') return exits;
  if (write.id.of === 'parameter') return { write, exits };
  const stored = exits.map(givingResult);
  return stored.every((exit) => exit !== undefined)
    ? { write, exits: stored }
    : 'not each way out returns what was stored';
}

/** A way out that returns what was stored, under a name; undefined when it returns nothing. */
function givingResult(exit: Exit): Exit | undefined {
  if (exit.at === 'after') return undefined;
  const { statement } = exit;
  const value = statement.getExpression();
  if (exit.at === 'in-return' || Node.isIdentifier(value)) return exit;
  return value && { at: 'in-return', statement, value };
}

/** Records the invalidation after each way out. `cache` is an expression, e.g. `this.#byId`. */
export function recordInvalidation(
  draft: Draft,
  { write, exits, isDelegate }: Invalidation,
  cache: string,
  entity: string,
): void {
  if (isDelegate) return;
  const { source, recorder, style } = draft;
  const { callable, id } = write;
  const { fn } = callable;
  const wanted = id.of === 'result' ? lowerFirst(entity) : 'result';
  const result = usesName(fn, fn.getText(), wanted) ? freeName(source, `${wanted}2`) : wanted;
  const invalidate = (of: string, { statement }: Exit) => {
    const text = id.of === 'result' ? `${of}.${id.text}` : id.text;
    const indent = indentAt(source, statement.getStart());
    return invalidation(style, cache, { ...id, text }, indent);
  };
  const returnsNothing = /^Promise<\s*(?:void|undefined)\s*>$/.test(
    fn.getReturnTypeNode()?.getText() ?? '',
  );

  for (const exit of exits) {
    if (exit.at === 'after') {
      appendAfter(draft, exit.statement, invalidate('', exit));
    } else if (exit.at === 'before-return') {
      const stored = exit.statement.getExpression()?.getText() ?? '';
      surround(draft, exit.statement, [invalidate(stored, exit)], []);
    } else {
      const { statement, value } = exit;
      const isLast = statement === lastStatement(fn);
      const open = needsAwait(value) ? (isOperand(value) ? 'await ' : 'await (') : '';
      const head = returnsNothing ? '' : `const ${result} = `;
      recorder.replace(statement.getStart(), value.getStart(), head + open);
      if (open.endsWith('(')) recorder.insert(value.getEnd(), ')');
      const tail = returnsNothing ? (isLast ? [] : ['return']) : [`return ${result}`];
      surround(
        draft,
        statement,
        [],
        [invalidate(result, exit), ...tail.map((one) => one + style.end)],
      );
    }
  }
  if (!fn.isAsync()) recorder.insert(asyncPosition(callable), 'async ');
}

/**
 * A write that reads before it writes must not read a cached copy: it would write back what is out of date.
 * Its calls of the loader go to the function that loads.
 */
export function recordFreshReads(
  recorder: EditRecorder,
  { write, exits }: Invalidation,
  loader: Callable,
  { load, receiver }: Pick<Names, 'load' | 'receiver'>,
): void {
  const before = Math.min(...exits.map(({ statement }) => statement.getEnd()));
  for (const node of write.callable.fn.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const callee = node.getExpression();
    const name = callee.getEnd() > before ? undefined : loaderName(callee, loader);
    if (!name) continue;
    const called = receiver === undefined ? load : `${load}.call`;
    recorder.replace(name.getStart(), name.getEnd(), called);
    const [key] = node.getArguments();
    if (receiver !== undefined && key) recorder.insert(key.getStart(), `${receiver}, `);
  }
}

/** What of `this.findById` is to be replaced for it to load; undefined where something else is called. */
function loaderName(callee: Node, { symbol, owner, object }: Callable): Node | undefined {
  const name = symbol.split('.').at(-1);
  const isMember = owner !== undefined || object !== undefined;
  if (!isMember) return Node.isIdentifier(callee) && callee.getText() === name ? callee : undefined;
  if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== name) return undefined;
  const receivers = ['this', owner?.getName(), object?.name];
  if (!receivers.includes(callee.getExpression().getText())) return undefined;
  return owner ? callee.getNameNode() : callee;
}

/** Where `async` goes: before the name of a method, before `function`, before the parameters of an arrow function. */
function asyncPosition({ fn }: Callable): number {
  if (Node.isMethodDeclaration(fn)) return fn.getNameNode().getStart();
  const keyword = fn.getFirstChildByKind(SyntaxKind.FunctionKeyword);
  return keyword?.getStart() ?? fn.getStart();
}

function lastStatement(fn: FunctionNode): Statement | undefined {
  const body = fn.getBody();
  return Node.isBlock(body) ? body.getStatements().at(-1) : undefined;
}

function appendAfter({ source, recorder }: Draft, statement: Statement, line: string): void {
  const { text } = source;
  const end = codeEnd(statement);
  if (endsLine(text, end)) {
    const indent = indentAt(source, statement.getStart());
    recorder.insert(lineContentEnd(text, end), `\n${indent}${line}`);
  } else {
    const terminated = /[;}]$/.test(statement.getText());
    recorder.insert(end, `${terminated ? '' : ';'} ${line}`);
  }
}

/** Puts lines before and after a return statement, in braces of their own where it stands alone under an `if` or `case`. */
function surround(
  { source, recorder, style }: Draft,
  statement: ReturnStatement,
  before: readonly string[],
  after: readonly string[],
): void {
  const { text } = source;
  const [start, end] = [statement.getStart(), codeEnd(statement)];
  const parent = statement.getParent();
  const ownLine = text.slice(lineStart(source, start), start).trim() === '';
  const braces = !Node.isBlock(parent);
  const alone = braces || (Node.isBlock(parent) && parent.getStatements().length === 1);
  const outer = indentAt(source, ownLine && braces ? parent.getStart() : start);
  const inner = alone && !ownLine ? outer + style.tab : indentAt(source, start);
  const lines = (all: readonly string[]) => all.map((line) => `\n${inner}${line}`).join('');

  if (alone && !ownLine) {
    // All on one line: `if (x) return y;`, `{ return y; }`.
    recorder.replace(statement.getPos(), start, `${braces ? ' {' : ''}${lines([...before, ''])}`);
    const close = braces ? end : end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0);
    recorder.replace(end, close, `${lines(after)}\n${outer}${braces ? '}' : ''}`);
    return;
  }
  if (braces) recorder.insert(statement.getPos(), ' {');
  for (const line of before) recorder.insert(start, `${line}\n${inner}`);
  const tail = `${lines(after)}${braces ? `\n${outer}}` : ''}`;
  if (tail !== '') recorder.insert(lineContentEnd(text, end), tail);
}

/** Whether the value may be a promise that nobody has waited for. */
function needsAwait(value: Node): boolean {
  if (Node.isAwaitExpression(value)) return false;
  if (
    Node.isParenthesizedExpression(value) ||
    Node.isAsExpression(value) ||
    Node.isNonNullExpression(value) ||
    Node.isSatisfiesExpression(value)
  ) {
    return needsAwait(value.getExpression());
  }
  if (Node.isCallExpression(value)) return mayWrite(value);
  if (Node.isTaggedTemplateExpression(value)) return true;
  if (Node.isConditionalExpression(value)) {
    return needsAwait(value.getWhenTrue()) || needsAwait(value.getWhenFalse());
  }
  if (Node.isBinaryExpression(value))
    return needsAwait(value.getLeft()) || needsAwait(value.getRight());
  return false;
}

const isOperand = (value: Node): boolean =>
  Node.isCallExpression(value) ||
  Node.isTaggedTemplateExpression(value) ||
  Node.isParenthesizedExpression(value) ||
  Node.isAwaitExpression(value);

function isInTry(statement: Statement, fn: FunctionNode): boolean {
  for (let node: Node | undefined = statement; node && node !== fn; node = node.getParent()) {
    const parent: Node | undefined = node.getParent();
    if (Node.isTryStatement(parent) && parent.getTryBlock() === node) return true;
  }
  return false;
}

/** Whether control can go past a statement. */
function completes(statement: Node): boolean {
  if (Node.isReturnStatement(statement) || Node.isThrowStatement(statement)) return false;
  if (Node.isBlock(statement)) return blockCompletes(statement);
  if (Node.isIfStatement(statement)) {
    const otherwise = statement.getElseStatement();
    return completes(statement.getThenStatement()) || !otherwise || completes(otherwise);
  }
  if (Node.isTryStatement(statement)) {
    const finallyBlock = statement.getFinallyBlock();
    if (finallyBlock && !blockCompletes(finallyBlock)) return false;
    const caught = statement.getCatchClause()?.getBlock();
    return blockCompletes(statement.getTryBlock()) || (caught ? blockCompletes(caught) : false);
  }
  return true;
}

const blockCompletes = (block: Block): boolean => {
  const last = block.getStatements().at(-1);
  return !last || completes(last);
};
