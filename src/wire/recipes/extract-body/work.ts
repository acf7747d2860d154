import { callables, type Callable, type FunctionNode } from '../../callables.ts';
import { kebab } from '../../names.ts';
import { originOf } from '../../origin.ts';
import {
  Node,
  SyntaxKind,
  lineOf,
  type CallExpression,
  type Expression,
  type ForOfStatement,
  type ParameterDeclaration,
  type Source,
  type Statement,
  type VariableDeclaration,
} from '../../source.ts';
import { nodesOfKind, ownNodes } from '../../walk.ts';

/** Work that a function does itself and that a consumer could do. */
export interface Work {
  /**
   * - `loop`: what is done for each item of `for (const item of items) { await … }`;
   * - `job`: what a timer or cron schedule runs, by call or by decorator;
   * - `handler`: what runs on an event, by call or by decorator;
   * - `function`: an async function that takes one message and returns nothing.
   */
  readonly kind: 'loop' | 'job' | 'handler' | 'function';
  /** The name of a function that has no other such work, else `L12`. */
  readonly symbol: string;
  readonly suggestedName: string;
  /** Where it is shown. */
  readonly shown: Node;
  /** The code to move: a block, or the one statement or expression that stands in its place. */
  readonly body: Statement | Expression;
  /** What one message holds: the variable of the loop or the parameter. */
  readonly item: VariableDeclaration | ParameterDeclaration | undefined;
  /** Of `loop`: what is iterated over. */
  readonly items: Expression | undefined;
  /** Of all but `loop`: the function whose body it is. */
  readonly fn: FunctionNode | undefined;
  readonly isAsync: boolean;
  /** A job or handler that holds other work, such as a loop: meant only when its line is named. */
  readonly isOuter?: boolean;
}

/** All work in the file, whether or not it can be moved. In the order of the file. */
export function worksIn(source: Source): readonly Work[] {
  const named = callables(source);
  const found: Work[] = [];
  const kinds = [SyntaxKind.ForOfStatement, SyntaxKind.CallExpression];
  for (const node of nodesOfKind(source.root, kinds)) {
    if (Node.isForOfStatement(node)) found.push(...loopWork(source, node, named));
    if (Node.isCallExpression(node)) found.push(...calledWork(source, node));
  }
  const functions = named
    .filter(({ fn }) => !found.some(({ body }) => holds(fn, body)))
    .flatMap(functionWork);
  const all = [...found, ...functions].sort((a, b) => a.body.getPos() - b.body.getPos());
  return all.map((work) => {
    const isOuter =
      work.kind !== 'loop' && all.some(({ body }) => body !== work.body && holds(work.body, body));
    return { ...withUniqueSymbol(source, work, all), isOuter };
  });
}

const holds = (outer: Node, inner: Node): boolean =>
  outer.getPos() <= inner.getPos() && inner.getEnd() <= outer.getEnd();

/** Two loops in one function cannot both go by its name. */
function withUniqueSymbol(source: Source, work: Work, all: readonly Work[]): Work {
  const isUnique = all.filter(({ symbol }) => symbol === work.symbol).length === 1;
  return isUnique ? work : { ...work, symbol: `L${lineOf(source, work.shown.getStart())}` };
}

function loopWork(
  source: Source,
  loop: ForOfStatement,
  named: readonly Callable[],
): readonly Work[] {
  const list = loop.getInitializer();
  const item = Node.isVariableDeclarationList(list) ? list.getDeclarations()[0] : undefined;
  const body = loop.getStatement();
  if (!item || !awaits(body)) return [];
  const around = named.find(({ fn }) => holds(fn, loop));
  const symbol = around?.symbol ?? `L${lineOf(source, loop.getStart())}`;
  const name = (around && workName(around.name)) || kebab(item.getName());
  return [
    {
      kind: 'loop',
      symbol,
      suggestedName: name,
      shown: loop,
      body,
      item,
      items: loop.getExpression(),
      fn: undefined,
      isAsync: true,
    },
  ];
}

/** Whether code waits for something itself. */
const awaits = (code: Node): boolean => ownNodes(code).some(Node.isAwaitExpression);

const TIMERS = /^(?:setInterval|setTimeout)$/;
const SCHEDULERS = /^(?:node-cron|cron|croner|node-schedule|toad-scheduler|@breejs\/later)$/;
const LISTENERS = /^(?:on|once|addListener|subscribe)$/;
/** Events of streams, servers and processes: not work that came in. */
const TECHNICAL =
  /^(?:error|close|end|finish|data|readable|drain|exit|connect|connection|disconnect|listening|request|response|upgrade|open|ready|uncaught.*|unhandled.*|SIG[A-Z]+)$/;

function calledWork(source: Source, call: CallExpression): readonly Work[] {
  const callee = call.getExpression();
  const args = call.getArguments();
  const fn = args.find(isInlineFunction);
  const body = fn?.getBody();
  if (!fn || !body) return [];
  const line = `L${lineOf(source, call.getStart())}`;
  const base = {
    symbol: line,
    shown: call,
    body: body as Expression,
    items: undefined,
    fn,
    isAsync: fn.isAsync(),
  };
  const origin = originOf(callee);
  const isTimer = TIMERS.test(callee.getText()) && !Node.isPropertyAccessExpression(callee);
  if ((isTimer || (origin && SCHEDULERS.test(origin.module))) && fn.isAsync()) {
    return fn.getParameters().length > 0
      ? []
      : [{ ...base, kind: 'job', suggestedName: 'job', item: undefined }];
  }
  const [event] = args;
  const isListener = Node.isPropertyAccessExpression(callee) && LISTENERS.test(callee.getName());
  if (!isListener || !Node.isStringLiteral(event) || TECHNICAL.test(event.getLiteralValue()))
    return [];
  const [item, ...more] = fn.getParameters();
  if (!item || more.length > 0) return [];
  return [{ ...base, kind: 'handler', suggestedName: kebab(event.getLiteralValue()), item }];
}

const isInlineFunction = (node: Node): node is Exclude<FunctionNode, { getOverloads(): unknown }> =>
  Node.isArrowFunction(node) || Node.isFunctionExpression(node);

const WORK_VERB =
  /^(?:send|process|handle|on|run|do|execute|perform|dispatch|work|consume)(?=[A-Z])/;

/** `order-email` of `sendOrderEmail`; empty where the name says nothing about the work. */
const workName = (name: string): string => {
  const rest = name.replace(WORK_VERB, '');
  return /^(?:all|each|every|batch|both|main|default|run|start)$/i.test(rest) ? '' : kebab(rest);
};

/** Work that is worth an offer: of functions, those that others call with one thing to do. */
export const suggestsItself = ({ kind, fn, item, shown }: Work): boolean =>
  kind !== 'function' || (item !== undefined && DOES_WORK.test(shown.getText()) && isExported(fn));

const DOES_WORK =
  /^(?:send|process|handle|notify|mail|email|import|export|generate|sync|index|resize|convert|render|publish|deliver|charge|ship|on)(?=[A-Z]|$)/;

/** A function that another file can call, or a method of a class that it can have. */
const isExported = (fn: FunctionNode | undefined): boolean => {
  const member = Node.isMethodDeclaration(fn) ? fn : fn?.getParent();
  const statement = fn?.getAncestors().find((one) => Node.isSourceFile(one.getParent()));
  if (member && statement && Node.isObjectLiteralExpression(member.getParent())) {
    return !Node.isVariableStatement(statement) || statement.isExported();
  }
  if (Node.isMethodDeclaration(member) || Node.isPropertyDeclaration(member)) {
    const owner = member.getParent();
    const isHidden = member.getScope() !== 'public' || member.getName().startsWith('#');
    return !isHidden && Node.isClassDeclaration(owner) && owner.isExported();
  }
  const holder = Node.isFunctionDeclaration(fn)
    ? fn
    : fn?.getFirstAncestor(Node.isVariableStatement);
  return holder?.isExported() ?? false;
};

/** Why a function is no work by itself; undefined for an async function of one message that returns nothing. */
export function unfitFunction({ fn }: Callable): string | undefined {
  const body = fn.getBody();
  const returned = fn.getReturnTypeNode()?.getText();
  if (!body) return 'it has no body: it is abstract or only declared';
  if (!Node.isArrowFunction(fn) && fn.isGenerator()) {
    return 'it is a generator, which does its work while it is being read';
  }
  const isOverloaded = !isInlineFunction(fn) && fn.getOverloads().length > 0;
  if (isOverloaded) return 'it has overloads; a message has one form';
  if (fn.getTypeParameters().length > 0) return 'it has type parameters; a message has one type';
  if (fn.getParameters().length > 1) {
    return `it takes ${fn.getParameters().length} arguments, and a message is one value; let it take one object`;
  }
  if (returned !== undefined && !/^(?:void|Promise<\s*(?:void|undefined)\s*>)$/.test(returned)) {
    return `it returns \`${returned}\`, and a message has no answer`;
  }
  if (!fn.isAsync()) {
    return 'it is not `async`, so that nobody can wait until the message is sent; make it `async`';
  }
  return awaits(body)
    ? undefined
    : 'it has no `await`, so that it does not tell when its work is done; wait for what it begins';
}

function functionWork(callable: Callable): readonly Work[] {
  const { fn, name, symbol, nameNode, declaration } = callable;
  const body = fn.getBody();
  const [item] = fn.getParameters();
  if (!body || unfitFunction(callable) !== undefined) return [];
  return [
    {
      kind: kindByDecorator(declaration),
      symbol,
      suggestedName: workName(name) || kebab(name),
      shown: nameNode,
      body: body as Expression,
      item,
      items: undefined,
      fn,
      isAsync: true,
    },
  ];
}

const RUNS_AT_TIMES = /^(?:Cron|Interval|Timeout)$/;
const RUNS_ON_EVENTS = /^(?:OnEvent|EventPattern)$/;

/** A method may be called by a schedule or on an event. */
function kindByDecorator(declaration: Node): Work['kind'] {
  const names = Node.isDecoratable(declaration)
    ? declaration.getDecorators().map((one) => one.getName())
    : [];
  if (names.some((one) => RUNS_AT_TIMES.test(one))) return 'job';
  return names.some((one) => RUNS_ON_EVENTS.test(one)) ? 'handler' : 'function';
}

/** Statements that would end something outside of the code if they moved; `continue` of the loop itself becomes `return`. */
export function escapes(work: Work): {
  readonly reason?: string;
  readonly continues: readonly Node[];
} {
  const continues: Node[] = [];
  let reason: string | undefined;
  const loop = work.kind === 'loop' ? work.body.getParent() : undefined;
  for (const node of ownNodes(work.body)) {
    if (Node.isReturnStatement(node) && loop) reason ??= 'it returns from within the loop';
    if (Node.isReturnStatement(node) && node.getExpression()) reason ??= 'it returns a result';
    if (Node.isYieldExpression(node)) reason ??= 'it yields';
    if (Node.isBreakStatement(node) && loop && targetOf(node) === loop) {
      reason ??= 'it may end the loop early';
    }
    if (Node.isContinueStatement(node) && loop && targetOf(node) === loop) continues.push(node);
  }
  return { continues, ...(reason === undefined ? {} : { reason }) };
}

/** The statement that a `break` or `continue` is about. A labelled one is taken to be about the outermost loop. */
function targetOf(node: Node): Node | undefined {
  const isBreak = Node.isBreakStatement(node);
  return node
    .getAncestors()
    .find((one) => Node.isIterationStatement(one) || (isBreak && Node.isSwitchStatement(one)));
}
