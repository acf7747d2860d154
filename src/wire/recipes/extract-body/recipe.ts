/**
 * Takes work out of a loop, a job, an event handler, a function or a method, so that consumers of a queue do it, and sends a message in its place.
 *
 * Work that needs no object moves to the instance file. Work that uses `this` stays in its class, as a method of its own (`late`): the object gives that to
 * the consumer when it is made, so the instance file imports nothing of the class but types.
 *
 * Params (pattern.json): `queue`, the name that the instance exports (default `{{camel}}Queue`), a `MessageQueue`; `type`, the type of the messages
 * (default `{{kebab}}`); `handle`, the function that the instance exports for `late` work, `(work: (job) => Promise<void>) => void`, without which such work
 * is refused; `job`, the type that it exports (default `{{pascal}}Job`).
 *
 * Facts:
 * - `symbol`, `kind` (`loop`, `job`, `handler` or `function`);
 * - `messageType`: the type of the message's body, e.g. `Order` or `{ readonly order: Order; readonly template: string }`;
 * - `handlerParam`: how the handler takes the message's body: `order`, `{ order, template }`, or `_message` where it carries nothing;
 * - `body`: the statements of the handler, which is a function at the top level of its file: each line is indented by one level of two spaces, so the
 *   template puts `{{wire.body}}` at the start of a line of its own. It may use `await`, returns nothing, and needs no other names than
 *   `handlerParam` and the imports;
 * - `late`: only where the work stays in its class; `body` is empty then.
 * On a target that is wired already (`Inspection.wired`) the code is gone: `body` is empty, and the instance file is to be kept as it is.
 */
import { callableFor } from '../../callables.ts';
import { codeStyle } from '../../code.ts';
import { addImport, importStatement, localName } from '../../imports.ts';
import { originOf } from '../../origin.ts';
import { manual, wired, type ByHand } from '../../outcome.ts';
import { draftOf, type Draft } from '../../draft.ts';
import {
  Node,
  lineOf,
  parse,
  syntaxProblems,
  type CallExpression,
  type Source,
} from '../../source.ts';
import { recordExport } from '../../expose.ts';
import type {
  Candidate,
  Inspection,
  Recipe,
  SourceText,
  Target,
  WireContext,
  WiringNote,
  WiringOutcome,
} from '../../types.ts';
import type { ProjectProfile } from '../../../project/types.ts';
import { recordSend } from './edits.ts';
import { importTogether } from './import-together.ts';
import { isLate, recordLate, type LateMove } from './late-edits.ts';
import { leftOverImports, recordRemoval } from '../../unused-imports.ts';
import { moveOf, type Move } from './move.ts';
import { suggestsItself, unfitFunction, worksIn, type Work } from './work.ts';
import { whyNoCallable } from '../../unfit-members.ts';

export const extractBody: Recipe = { id: 'extract-body', candidates, inspect, wire };

const REASONS: Readonly<Record<Work['kind'], string>> = {
  loop: 'does its work one after the other',
  job: 'does its work on a timer, in this process',
  handler: 'does its work while the event is emitted; a crash loses it',
  function: 'does its work while its caller waits',
};

function candidates(
  file: SourceText,
  profile: ProjectProfile,
  params?: WireContext['params'],
): readonly Candidate[] {
  const source = parse(file);
  // Without params nothing says that work which needs its object is refused.
  return accepted(source, profile, params === undefined || takesLate(params))
    .filter(suggestsItself)
    .map((work) => candidate(source, work));
}

/** All work that can be moved and that a symbol of its own names, whether or not it is worth an offer. */
function accepted(source: Source, profile: ProjectProfile, isLate: boolean): readonly Work[] {
  const style = codeStyle(source, profile);
  const all = worksIn(source);
  return all.filter(
    (work) =>
      all.filter(({ symbol }) => symbol === work.symbol).length === 1 &&
      !sends(work.body) &&
      typeof moveOf(source, style, work, isLate) !== 'string',
  );
}

function candidate(source: Source, { shown, symbol, kind }: Work): Candidate {
  const start = shown.getStart();
  const length = (shown.getText().split(/[({\n]/)[0] ?? '').trimEnd().length;
  return {
    symbol,
    line: lineOf(source, start) - 1,
    start,
    end: start + length,
    reason: REASONS[kind],
  };
}

type Found =
  | { readonly ok: true; readonly source: Source; readonly work: Work }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

function find(
  { file, symbol }: Target,
  { profile, params }: Pick<WireContext, 'profile' | 'params'>,
): Found {
  const source = parse(file);
  const [problem] = syntaxProblems(source);
  if (problem) {
    const reason = `${file.path} has a syntax error in line ${problem.line}: ${problem.message}`;
    return { ok: false, reason, candidates: [] };
  }
  const all = worksIn(source);
  const movable = accepted(source, profile, takesLate(params));
  const others = movable.map((work) => candidate(source, work));
  const meant =
    symbol === undefined
      ? worthMoving(all, movable.filter(suggestsItself))
      : worksAt(source, all, symbol);
  const [work, ...more] = meant;
  if (work && more.length === 0) return { ok: true, source, work };
  const reason = work
    ? `${symbol ?? file.path} has more than one piece of work that consumers could do; name its line`
    : symbol === undefined
      ? `${file.path} has no loop, job, handler or function whose work consumers could do${others.length > 0 ? ' and whose name says so; name one' : ''}`
      : whyNoWork(source, symbol);
  return { ok: false, reason, candidates: others };
}

/** Without a symbol only what can be moved counts, and what has been. */
const worthMoving = (all: readonly Work[], movable: readonly Work[]): readonly Work[] =>
  all.filter(
    ({ body, isOuter }) => !isOuter && (sends(body) || movable.some((one) => one.body === body)),
  );

/** Says why a symbol names no work. */
function whyNoWork(source: Source, symbol: string): string {
  const callable = callableFor(source, symbol);
  const line = /^L(\d+)$/.exec(symbol)?.[1];
  if (callable) {
    const reason = unfitFunction(callable) ?? 'it holds no work of its own';
    return `the work of ${callable.symbol} cannot be moved: ${reason}`;
  }
  return line === undefined
    ? whyNoCallable(source, symbol)
    : `no loop with \`await\`, job, event handler or function of ${source.file.path} begins in line ${line}`;
}

/** The work of that name, in the function of that name, or on that line. */
function worksAt(source: Source, all: readonly Work[], symbol: string): readonly Work[] {
  const named = all.filter((work) => work.symbol === symbol);
  if (named.length > 0) return named;
  const line = /^L(\d+)$/.exec(symbol)?.[1];
  if (line === undefined) {
    const around = callableFor(source, symbol)?.fn;
    return all.filter(
      ({ body, isOuter }) => !isOuter && around?.containsRange(body.getPos(), body.getEnd()),
    );
  }
  const onLine = all.filter(({ shown }) => lineOf(source, shown.getStart()) === Number(line));
  // The wiring itself has moved the lines: the only work there is, where it sends already, is what was meant.
  return onLine.length > 0 || all.length > 1 ? onLine : all.filter(({ body }) => sends(body));
}

/** Whether the instance can be told later what does the work. */
const takesLate = (params: WireContext['params']): boolean => params['handle'] !== undefined;

function inspect(
  target: Target,
  { profile, params }: Pick<WireContext, 'profile' | 'params'>,
): Inspection {
  const found = find(target, { profile, params });
  if (!found.ok) return found;
  const { source, work } = found;
  const { symbol, suggestedName, kind } = work;
  if (sends(work.body)) {
    const facts = { symbol, kind, messageType: 'unknown', handlerParam: '_message', body: '' };
    return { ok: true, symbol, suggestedName, facts, imports: [], wired: true };
  }
  const move = moveOf(source, codeStyle(source, profile), work, takesLate(params));
  if (typeof move === 'string') {
    const others = accepted(source, profile, takesLate(params));
    return refusal(source, others, work, move);
  }
  const { message, body, imports, late } = move;
  return {
    ok: true,
    symbol,
    suggestedName,
    facts: {
      symbol,
      kind,
      messageType: message.text,
      handlerParam: message.parameter,
      body,
      ...(late ? { late: true } : {}),
    },
    imports,
  };
}

const refusal = (
  source: Source,
  others: readonly Work[],
  work: Work,
  reason: string,
): Inspection => ({
  ok: false,
  reason: `the work of ${label(work)} cannot be moved: ${reason}`,
  candidates: others.map((one) => candidate(source, one)),
});

/** `line 12` of a symbol `L12`. */
const label = ({ symbol }: Work): string => symbol.replace(/^L(?=\d+$)/, 'line ');

/** The call that sends to an imported queue, if that is what code does already. */
function sends(code: Node): CallExpression | undefined {
  const statements = Node.isBlock(code) ? code.getStatements() : [code];
  const [only, ...more] = statements;
  if (!only || more.length > 0) return undefined;
  return [only, ...only.getDescendants()].find((node): node is CallExpression => {
    if (!Node.isCallExpression(node)) return false;
    const callee = node.getExpression();
    const isSend = Node.isPropertyAccessExpression(callee) && callee.getName() === 'send';
    const [message] = node.getArguments();
    const isMessage =
      Node.isObjectLiteralExpression(message) &&
      ['type', 'body'].every((field) => message.getProperty(field));
    return isSend && isMessage && /^[.#@~]/.test(originOf(callee.getExpression())?.module ?? '');
  });
}

/** Whether the work that is meant goes to that queue already. */
function sendsTo(source: Source, queue: string, symbol: string | undefined): boolean {
  const all = worksIn(source);
  const isLine = symbol === undefined || /^L\d+$/.test(symbol);
  const meant = isLine ? all : worksAt(source, all, symbol);
  return meant.some((work) => sends(work.body)?.getExpression().getText() === `${queue}.send`);
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file } = target;
  const { instance, params, profile } = context;
  const queue = String(params['queue'] ?? `${instance.camel}Queue`);
  const type = String(params['type'] ?? instance.kebab);
  const from = context.specifier(file.path, instance.path);
  const source = parse(file);
  const draft = draftOf(source, profile);
  const { style, recorder } = draft;
  const byHand = (line: number): ByHand => ({
    line,
    snippet: [
      importStatement(source, style, { name: queue, from }),
      `await ${queue}.send(${style.braces(`type: ${style.quote(type)}, body: message`)})${style.end}`,
    ].join('\n'),
  });
  const found = find(target, context);
  const known = localName(source, { name: queue, from });
  if (known !== undefined && sendsTo(source, known, target.symbol)) {
    return { status: 'already', file: file.path };
  }
  if (!found.ok) {
    const named = callableFor(source, target.symbol ?? '')?.nameNode;
    return manual(file, found.reason, byHand(named ? lineOf(source, named.getStart()) : 1));
  }
  const { work } = found;
  const line = lineOf(source, work.shown.getStart());
  if (sends(work.body))
    return manual(file, `${label(work)} sends to another queue already`, byHand(line));
  const move = moveOf(source, style, work, takesLate(params));
  if (typeof move === 'string') {
    return manual(file, `the work of ${label(work)} cannot be moved: ${move}`, byHand(line));
  }

  const destination = { queue, type, from };
  const summary = isLate(move)
    ? wireLate(draft, move, destination, context)
    : wireMoved(draft, move, destination, context);
  const exported = move.expose.map((one) => recordExport(draft, one, instance.path));
  const notes = [...exported, ...severalNote(source, move)];
  return wired(file, recorder, summary, byHand(line), notes);
}

/** Objects are made elsewhere, so nobody can tell here how many. */
function severalNote(source: Source, { late }: Move): readonly WiringNote[] {
  const isMadeByNest = late?.registration.in === 'hook' || late?.registration.in === 'new-hook';
  if (!late || late.isStatic || isMadeByNest) return [];
  const name = late.owner.getName() ?? 'objects';
  const text = `where several ${name} are made, the last one does the work that all of them send; make one for each process`;
  return [{ line: lineOf(source, late.owner.getStart()), text }];
}

interface ToInstance {
  readonly queue: string;
  readonly type: string;
  readonly from: string;
}

function wireMoved(
  draft: Draft,
  move: Move,
  { queue, type, from }: ToInstance,
  { instance }: WireContext,
): string {
  const leftOver = leftOverImports(draft.source, move.work.body);
  const local = addImport(draft, { name: queue, from }, leftOver.whole);
  recordRemoval(draft, leftOver);
  recordSend(draft, move, { queue: local, type });
  return `${label(move.work)} sends to ${queue}; the handler in ${instance.path} does the work`;
}

function wireLate(
  draft: Draft,
  move: LateMove,
  { queue, type, from }: ToInstance,
  { instance, params }: WireContext,
): string {
  const wanted = String(params['handle'] ?? `handle${instance.pascal}Jobs`);
  const job = String(params['job'] ?? `${instance.pascal}Job`);
  const imported = importTogether(draft, from, [wanted, queue]);
  const names = {
    queue: imported(queue),
    type,
    handle: imported(wanted),
    job: () => addImport(draft, { name: job, from, typeOnly: true }),
  };
  const method = recordLate(draft, move, names, instance.pascal);
  return `${label(move.work)} sends to ${queue}; ${method} does the work, which ${wanted} gives to the consumer`;
}
