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
import { mayWrite, settlesTransaction, writesIn } from './effects.ts';
import type { Names } from './edits.ts';
import type { Write, WriteId } from './writes.ts';
import { opensScope, ownNodes } from '../../walk.ts';

type ClearWrite = Extract<Write, { clear: true }>;

/** One way out of a write after something was written. */
type Exit =
  /** `return x;` where the value is there already. */
  | { readonly at: 'before-return'; readonly statement: ReturnStatement }
  /** `return this.db.…;`: the write is in the returned expression. */
  | { readonly at: 'in-return'; readonly statement: ReturnStatement; readonly value: Expression }
  /** `item` is what to invalidate there instead of all that the function changes. */
  | { readonly at: 'after'; readonly statement: Statement; readonly item?: string };

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

  const each =
    id.of === 'parameter' && !settlesTransaction(body) ? steps.map((one) => after(one, id)) : [];
  const placed = each.filter((one) => one !== undefined);
  const isAllPlaced = steps.length > 0 && placed.length === steps.length;
  const exits: Exit[] = [];
  for (const statement of returns) {
    const value = statement.getExpression();
    if (value && writesIn(value)) {
      if (needsAwait(value) && isInTry(statement, fn)) {
        return 'it returns a promise from within `try`, and waiting for it there would change what `catch` sees';
      }
      exits.push({ at: 'in-return', statement, value });
    } else if (!isAllPlaced && steps.some((one) => one.getStart() < statement.getStart())) {
      exits.push({ at: 'before-return', statement });
    }
  }
  const last = body.getStatements().at(-1);
  if (!isAllPlaced && last && completes(last) && steps.length > 0) {
    exits.push({ at: 'after', statement: last });
  }
  const all = unique([...placed, ...exits]);
  return all.length > 0 ? all : 'it does not wait for its write';
}

/** One for each statement, in the order of the file. */
const unique = (exits: readonly Exit[]): readonly Exit[] =>
  [...new Map(exits.map((one) => [one.statement, one])).values()].sort(
    (a, b) => a.statement.getStart() - b.statement.getStart(),
  );

/**
 * Right after a write: where a later one fails, what was written before must not stay in the cache. Undefined where the `await` is part of a
 * condition or the like, or repeated for something of which it cannot be told what it changes.
 */
function after(step: Node, id: WriteId): Exit | undefined {
  let statement = step.getFirstAncestor(
    (node): node is Statement => Node.isStatement(node) && !Node.isBlock(node),
  );
  if (!Node.isExpressionStatement(statement) && !Node.isVariableStatement(statement)) {
    return undefined;
  }
  // Whether or not the condition holds: one line less to read than braces.
  for (let parent = statement.getParent(); Node.isIfStatement(parent);) {
    statement = parent;
    parent = parent.getParent();
  }
  const loop = statement
    .getAncestors()
    .find((one) => Node.isIterationStatement(one) || opensScope(one));
  if (!Node.isIterationStatement(loop) || !id.list) return { at: 'after', statement };
  const item = itemOf(loop, id);
  return item === undefined ? undefined : { at: 'after', statement, item };
}

/** The key of the item of `for (const user of users)`, where it is these that are changed. */
function itemOf(loop: Node, { text, list }: WriteId): string | undefined {
  if (!list || !Node.isForOfStatement(loop) || loop.getExpression().getText() !== text) {
    return undefined;
  }
  const declared = loop.getInitializer();
  const [item] = Node.isVariableDeclarationList(declared) ? declared.getDeclarations() : [];
  if (!Node.isIdentifier(item?.getNameNode())) return undefined;
  return 'key' in list ? `${item.getName()}.${list.key}` : item.getName();
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
  const made = madeIn(write);
  if (made) return made;
  const exits = exitsOf(write);
  if (typeof exits === 'string') return exits;
  if (write.id.of === 'parameter') return { write, exits };
  const stored = exits.map(givingResult);
  return stored.every((exit) => exit !== undefined)
    ? { write, exits: stored }
    : 'not each way out returns what was stored';
}

/**
 * A write that makes something, goes on writing and returns what it made, as `const made = await this.db.insert(input)`: known from there on, and so
 * invalidated after each. Undefined for others.
 */
function madeIn(write: ClearWrite): Invalidation | undefined {
  const body = write.callable.fn.getBody();
  if (write.id.of !== 'result' || !Node.isBlock(body) || settlesTransaction(body)) return undefined;
  const returned = ownNodes(body)
    .filter(Node.isReturnStatement)
    .map((one) => one.getExpression());
  const names = new Set(returned.map((one) => (Node.isIdentifier(one) ? one.getText() : '')));
  const [name = ''] = names;
  const declared = body.getVariableDeclaration(name);
  const isMade = Node.isAwaitExpression(declared?.getInitializer());
  const start = declared?.getVariableStatement();
  if (names.size !== 1 || !isMade || start?.getDeclarationKind() !== 'const') return undefined;
  const known: ClearWrite = {
    ...write,
    id: { of: 'parameter', text: `${name}.${write.id.text}` },
  };
  const exits = exitsOf(known);
  const later =
    typeof exits === 'string'
      ? []
      : exits.filter(({ statement }) => statement.getStart() >= start.getStart());
  return later.length > 1 ? { write: known, exits: later } : undefined;
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
  const invalidate = (of: string, exit: Exit) => {
    const { statement } = exit;
    const text = id.of === 'result' ? `${of}.${id.text}` : id.text;
    const indent = indentAt(source, statement.getStart());
    const what =
      exit.at === 'after' && exit.item !== undefined ? { text: exit.item } : { ...id, text };
    return invalidation(style, cache, what, indent);
  };
  const returnsNothing = /^Promise<\s*(?:void|undefined)\s*>$/.test(
    fn.getReturnTypeNode()?.getText() ?? '',
  );

  for (const exit of exits) {
    if (exit.at === 'after' && Node.isIterationStatement(exit.statement.getParent())) {
      surround(draft, exit.statement, [], [invalidate('', exit)]);
    } else if (exit.at === 'after') {
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

/** Puts lines before and after a statement, in braces of their own where it stands alone under an `if` or `case`. */
function surround(
  { source, recorder, style }: Draft,
  statement: Statement,
  before: readonly string[],
  after: readonly string[],
): void {
  const { text } = source;
  const [start, end] = [statement.getStart(), codeEnd(statement)];
  const parent = statement.getParentOrThrow();
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
