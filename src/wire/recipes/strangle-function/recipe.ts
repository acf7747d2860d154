/**
 * Puts a strangler feature in front of a function or method: its body becomes the old side, which the instance calls or does not.
 *
 * Params (pattern.json): `call`, what the instance exports to be called (default `{{camel}}Feature`). It takes a function that asks the old side, then the
 * arguments of the target, and returns a promise.
 *
 * Facts: `symbol`, `function` (its own name), `args` (the type of its arguments, `[id: string, options?: Options]`), `resultType` (what its promise resolves
 * with), `kind` (`read` where its name says so, else `write`), `isRead`, `key` (the function that finds the key of a call, `(_old, id) => id`; or
 * `() => undefined`) and `isKeyed` (whether it finds one); `facade` is false, so that the pattern makes no façade.
 */
import { callableFor, callables, type Callable } from '../../callables.ts';
import { draftOf } from '../../draft.ts';
import { recordExport } from '../../expose.ts';
import { manual } from '../../outcome.ts';
import { lineOf, parse, type Source } from '../../source.ts';
import type {
  Candidate,
  Inspection,
  Recipe,
  SourceText,
  Target,
  TextEdit,
  WireContext,
  WiringOutcome,
} from '../../types.ts';
import { wrapFunction, wrappableIn } from '../wrap-function/recipe.ts';
import { keyOf, kindOf, signatureOf, type Signature } from './signature.ts';

export const strangleFunction: Recipe = { id: 'strangle-function', candidates, inspect, wire };

/** Any function could be; those are offered whose calls are for somebody. */
function candidates(file: SourceText): readonly Candidate[] {
  const source = parse(file);
  return accepted(file, {}).filter(({ symbol }) => {
    const fn = callableFor(source, symbol)?.fn;
    return fn !== undefined && keyOf(fn) !== undefined;
  });
}

/** All that `inspect` accepts, for whomever their calls are. */
function accepted(file: SourceText, params: WireContext['params']): readonly Candidate[] {
  const source = parse(file);
  return wrappableIn(file, paramsFor(params, undefined)).flatMap((candidate) => {
    const fn = callableFor(source, candidate.symbol)?.fn;
    if (!fn || typeof signatureOf(source, fn) === 'string') return [];
    const reason = `can be answered by another side${keyOf(fn) === undefined ? '' : ', key by key'}`;
    return [{ ...candidate, reason }];
  });
}

/** The work first, then all arguments. */
function paramsFor(params: WireContext['params'], callable: Callable | undefined) {
  const parameters = callable?.fn.getParameters().filter((one) => one.getName() !== 'this') ?? [];
  const rest = { returns: 'promise', suffix: 'Old' };
  return { ...params, arguments: ['$work', ...parameters.map((_, at) => `$${at}`)], ...rest };
}

const meant = (source: Source, symbol: string): Callable | undefined =>
  callables(source).find((one) => one.symbol === symbol) ?? callableFor(source, symbol);

/** Without a symbol only a function whose calls are for somebody is meant: the file may have been named for its application. */
function named(target: Target): Target {
  if (target.symbol !== undefined) return target;
  const [only, ...more] = candidates(target.file);
  return only && more.length === 0 ? { ...target, symbol: only.symbol } : target;
}

function inspect(
  asked: Target,
  { profile, params }: Pick<WireContext, 'profile' | 'params'>,
): Inspection {
  const target = named(asked);
  if (target.symbol === undefined) return { ok: false, ...unnamed(target, params) };
  const source = parse(target.file);
  // Which function is meant does not depend on its arguments.
  const first = wrapFunction.inspect(target, { profile, params: paramsFor(params, undefined) });
  if (!first.ok) return { ...first, candidates: accepted(target.file, params) };
  const callable = meant(source, first.symbol);
  if (!callable) return first;
  const signature = signatureOf(source, callable.fn);
  if (typeof signature === 'string') {
    const reason = unfit(first.symbol, signature);
    return { ok: false, reason, candidates: accepted(target.file, params) };
  }
  const kind = kindOf(callable.name);
  const key = keyOf(callable.fn);
  return {
    ...first,
    facts: {
      symbol: first.symbol,
      function: callable.name,
      facade: false,
      args: signature.args,
      resultType: signature.result,
      kind,
      isRead: kind === 'read',
      key: key ?? '() => undefined',
      isKeyed: key !== undefined,
    },
    imports: unique(signature.imports),
  };
}

function unnamed({ file }: Target, params: WireContext['params']) {
  const reason =
    candidates(file).length > 0
      ? `${file.path} has several functions that a new side could answer; name one`
      : `${file.path} has no function that says by its arguments whom a call is for; name one`;
  return { reason, candidates: accepted(file, params) };
}

const unfit = (symbol: string, reason: string): string =>
  `${symbol} cannot be moved to a new side: ${reason}`;

const unique = (imports: Signature['imports']): Signature['imports'] => [
  ...new Map(imports.map((one) => [one.as ?? one.name, one])).values(),
];

function wire(asked: Target, context: WireContext): WiringOutcome {
  const target = named(asked);
  const { file } = target;
  const source = parse(file);
  const call = String(context.params['call'] ?? `${context.instance.camel}Feature`);
  if (target.symbol === undefined) {
    const snippet = `return ${call}(() => old(…));`;
    return manual(file, unnamed(target, context.params).reason, {
      line: 1,
      snippet,
    });
  }
  const first = wrapFunction.inspect(target, {
    profile: context.profile,
    params: paramsFor({ call }, undefined),
  });
  const callable = first.ok ? meant(source, first.symbol) : undefined;
  const params = paramsFor({ call }, callable);
  const outcome = wrapFunction.wire(target, { ...context, params });
  if (outcome.status === 'already' || !callable) return outcome;
  const signature = signatureOf(source, callable.fn);
  if (typeof signature === 'string') {
    const line = lineOf(source, callable.nameNode.getStart());
    const args = callable.fn.getParameters().map((one) => one.getName());
    const snippet = `return ${call}(${['() => old(…)', ...args].join(', ')});`;
    return manual(file, unfit(callable.symbol, signature), { line, snippet });
  }
  if (outcome.status === 'manual') return outcome;
  const draft = draftOf(source, context.profile);
  const exported = signature.expose.map((one) => recordExport(draft, one, context.instance.path));
  const notes = [...(outcome.notes ?? []), ...exported];
  return {
    ...outcome,
    edits: together(outcome.edits, draft.recorder.edits()),
    summary: `${callable.symbol} goes through ${call}; its body is the old side`,
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** Edits of one text in its order, those of `first` before others at the same place. */
function together(first: readonly TextEdit[], others: readonly TextEdit[]): readonly TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of [...first, ...others].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last?.start === edit.start) {
      merged[merged.length - 1] = { ...edit, text: last.text + edit.text };
    } else merged.push(edit);
  }
  return merged;
}
