/**
 * Puts an instance in front of a function or method: callers go on calling it as before, its body moves into an inner function that the
 * instance calls.
 *
 * Params (pattern.json), all optional:
 * - `call`: what the instance exports to be called, a name with a path (default `{{camel}}.run`);
 * - `arguments`: its arguments as source. `$work` is the function that does the work (default `["$work"]`), `$name` the target's symbol as
 *   a string, `$0` its first argument: `["$name", "$0.tenantId", "$work"]`;
 * - `returns`: `promise` (default) where the instance answers with a promise whatever the work returns, `same` where it returns what the
 *   work returns, so that functions that return no promise can be wrapped as well;
 * - `suffix`: what is added to the function's name for the inner one (default `Directly`).
 *
 * Facts: `symbol`, `function` (its own name), `async` (whether it returns a promise).
 */
import { callableFor, callables, type Callable } from '../../callables.ts';
import { draftOf } from '../../draft.ts';
import { importExported, isShadowed, knownAs } from '../../exported.ts';
import { importStatement } from '../../imports.ts';
import { kebab } from '../../names.ts';
import { manual, wired, type ByHand } from '../../outcome.ts';
import { Node, lineOf, parse, syntaxProblems, type Source } from '../../source.ts';
import type {
  Candidate,
  Inspection,
  Recipe,
  SourceText,
  Target,
  WireContext,
  WiringOutcome,
} from '../../types.ts';
import { recordWrapped } from './edits.ts';
import { innerNames, layersOf } from './layers.ts';
import { paramsOf, type Params } from './params.ts';
import { readFunction, type Wrappable } from './reading.ts';
import { unfitMember, whyNoCallable } from '../../unfit-members.ts';

export const wrapFunction: Recipe = { id: 'wrap-function', candidates, inspect, wire };

function candidates(
  file: SourceText,
  _profile: unknown,
  params: Readonly<Record<string, unknown>> = {},
): readonly Candidate[] {
  const source = parse(file);
  // The instance has no name yet.
  const read = paramsOf({ ...params, call: 'instance' }, 'instance');
  if (typeof read === 'string') return [];
  const offered = open(source, read).filter(({ returns }) => returns === 'promise');
  return listed(source, offered);
}

/** Two of a name go by their lines. */
const listed = (source: Source, all: readonly Wrappable[]): readonly Candidate[] =>
  all.map((one) => {
    const hasTwin = named(source, one.callable.symbol).length > 1;
    return hasTwin ? atLine(source, candidate(source, one)) : candidate(source, one);
  });

function candidate(
  source: Source,
  { callable, returns }: Pick<Wrappable, 'callable' | 'returns'>,
): Candidate {
  const { nameNode, symbol } = callable;
  const named = Node.isIdentifier(nameNode) || Node.isPrivateIdentifier(nameNode);
  const start = nameNode.getStart();
  const end = named ? nameNode.getEnd() : start;
  const reason = returns === 'promise' ? 'returns a promise' : 'can be called through the instance';
  return { symbol, line: lineOf(source, start) - 1, start, end, reason };
}

const atLine = (source: Source, candidate: Candidate): Candidate => ({
  ...candidate,
  symbol: `L${candidate.line + 1}`,
  reason: lineText(source, candidate.line),
});

const lineText = ({ text }: Source, line: number): string =>
  (text.split('\n')[line] ?? '').trim().slice(0, 60);

/** All that can be wrapped by an instance with these params, but for those that an instance calls already. */
function open(source: Source, params: Params): readonly Wrappable[] {
  const inner = innerNames(source);
  return callables(source).flatMap((callable) => {
    const reading = readFunction(source, callable);
    const isFit = reading.ok && unfitFor(params, reading.wrappable) === undefined;
    const own = callable.symbol.split('.').at(-1) ?? '';
    return isFit && !inner.has(own) ? [reading.wrappable] : [];
  });
}

/** The functions that `inspect` accepts by their symbols with these params. */
export function wrappableIn(
  file: SourceText,
  params: Readonly<Record<string, unknown>>,
): readonly Candidate[] {
  const source = parse(file);
  const read = paramsOf(params, 'instance');
  return typeof read === 'string' ? [] : listed(source, open(source, read));
}

type Found =
  | { readonly ok: true; readonly source: Source; readonly wrappable: Wrappable }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

function find({ file, symbol }: Target, params: Params): Found {
  const source = parse(file);
  const refuse = (reason: string, others: readonly Candidate[]): Found => ({
    ok: false,
    reason,
    candidates: others,
  });
  const [problem] = syntaxProblems(source);
  if (problem) {
    return refuse(
      `${file.path} has a syntax error in line ${problem.line}: ${problem.message}`,
      [],
    );
  }
  const all = open(source, params);
  const others = listed(source, all);
  if (symbol === undefined) {
    const [only, ...more] = all;
    if (only && more.length === 0) return { ok: true, source, wrappable: only };
    const reason = only
      ? `${file.path} has several functions that could be wrapped; name one`
      : `${file.path} has no function that could be wrapped`;
    return refuse(reason, others);
  }
  const [callable, twin] = named(source, symbol);
  if (!callable) {
    return refuse(whyNoCallable(source, symbol), others);
  }
  if (twin) {
    const twins = [callable, twin].map((one) =>
      atLine(source, candidate(source, { callable: one, returns: 'promise' })),
    );
    return refuse(`${symbol} stands for two functions of ${file.path}; name the line`, twins);
  }
  const reading = readFunction(source, callable);
  const reason = reading.ok ? unfitFor(params, reading.wrappable) : reading.reason;
  if (reading.ok && reason === undefined) {
    return { ok: true, source, wrappable: reading.wrappable };
  }
  return refuse(`${callable.symbol} cannot be wrapped: ${reason ?? ''}`, others);
}

function named(source: Source, symbol: string): readonly Callable[] {
  const all = callables(source).filter((one) => one.symbol === symbol);
  const byLine = callableFor(source, symbol);
  return all.length > 0 || !byLine ? all : [byLine];
}

/** What the instance cannot do for this function. */
function unfitFor(params: Params, { returns, parameters }: Wrappable): string | undefined {
  if (params.returns === 'promise' && returns === 'value') {
    return 'it does not return a promise, but the instance answers with one; its callers would have to wait';
  }
  if (params.returns === 'promise' && returns === 'unclear') {
    return 'it does not show that it returns a promise; make it `async` or write its return type';
  }
  const lacking = params.positions.find((at) => {
    const passed = parameters.passed[at];
    return passed === undefined || passed.startsWith('...');
  });
  return lacking === undefined
    ? undefined
    : `it has no argument ${lacking + 1} to give to the instance`;
}

function inspect(target: Target, { params }: Pick<WireContext, 'params'>): Inspection {
  const read = paramsOf(params, 'instance');
  if (typeof read === 'string') return { ok: false, reason: read, candidates: [] };
  const found = find(target, read);
  if (!found.ok) return found;
  const { callable, returns } = found.wrappable;
  const { symbol, name } = callable;
  return {
    ok: true,
    symbol,
    suggestedName: kebab(name === 'default' ? '' : name),
    facts: { symbol, function: name, async: returns === 'promise' },
    imports: [],
  };
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file, symbol } = target;
  const { instance } = context;
  const from = context.specifier(file.path, instance.path);
  const source = parse(file);
  const draft = draftOf(source, context.profile);
  const params = paramsOf(context.params, instance.camel);
  if (typeof params === 'string') return manual(file, params, { line: 1, snippet: '' });
  const { exported } = params;
  const byHand = (line: number): ByHand => {
    const args = params.args.map((one) =>
      one.replace('$work', () => '() => work(…)').replace('$name', draft.style.quote('name')),
    );
    const call = `return ${params.call}(${args.join(', ')})${draft.style.end}`;
    const snippet = `${importStatement(source, draft.style, { name: exported.name, from })}\n${call}`;
    return { line, snippet };
  };
  const callable = symbol === undefined ? undefined : callableFor(source, symbol);
  const found = find(target, params);
  const meant = found.ok ? found.wrappable.callable : callable;
  const known = knownAs(source, exported, from);
  const isBehind = (one: Callable) => layersOf(source, one).some(({ callee }) => callee === known);
  // Behind the instance a function may no longer show what it returns, so that the file seems to have none.
  const isNoneLeft = symbol === undefined && !found.ok && found.candidates.length === 0;
  // The wiring has moved the lines: another function may stand on the one that was named.
  const isMoved = /^L\d+$/.test(symbol ?? '');
  const isDone =
    meant && !isMoved
      ? isBehind(meant)
      : (isNoneLeft || isMoved) && callables(source).some(isBehind);
  if (isDone) {
    return { status: 'already', file: file.path };
  }
  const place = meant?.nameNode ?? unfitMember(source, symbol ?? '')?.node;
  const line = place ? lineOf(source, place.getStart()) : 1;
  if (!found.ok) return manual(file, found.reason, byHand(line));
  const { wrappable } = found;
  const body = wrappable.callable.fn.getBody();
  if (known !== undefined && body && isShadowed(body, known)) {
    return manual(file, `\`${known}\` means something else in ${symbol ?? 'it'}`, byHand(line));
  }

  const callee = importExported(draft, exported, from);
  const args = params.args.map((one) => written(one, wrappable, draft.style.quote));
  recordWrapped(draft, wrappable, instance, { callee, args, suffix: params.suffix });
  const summary = `${wrappable.callable.symbol} goes through ${params.call}`;
  return wired(file, draft.recorder, summary, byHand(line));
}

/** An argument with the function's own name and arguments in the places of `$name` and `$0`. */
const written = (
  argument: string,
  { callable, parameters }: Wrappable,
  quote: (text: string) => string,
): string =>
  argument
    .replace(/\$name\b/g, () => quote(callable.symbol))
    .replace(/\$(\d)/g, (_, at: string) => parameters.passed[Number(at)] ?? '');
