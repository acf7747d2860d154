/**
 * Puts a cache in front of a function that loads one value by its key, and invalidates after the writes beside it.
 *
 * Params (pattern.json): `factory`, the function that the instance exports (default `create{{pascal}}Cache`). It takes
 * `load: (key, signal) => Promise<Value | undefined>` and returns an object with `get(key, { signal }?)`, `invalidate(key)` and `invalidateMany(keys)`.
 *
 * Facts: `symbol`, `entity` (what is loaded, e.g. `User`), `keyParam`, `keyType`, `keyExpression` (the key as a string, over `keyParam`), `keySample` (some key),
 * `valueType` (without null or undefined), `absence` (`undefined`, `null` or `never`: how the function says that there is nothing).
 */
import { originOf } from '../../origin.ts';
import { callableFor, callables, type Callable } from '../../callables.ts';
import { codeStyle } from '../../code.ts';
import { addImport, importStatement, localName } from '../../imports.ts';
import { kebab } from '../../names.ts';
import { recordExport } from '../../expose.ts';
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
import { unfitMember, whyNoCallable } from '../../unfit-members.ts';
import { portableType, type PortableType } from '../../type-facts.ts';
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
import { namesFor, recordCache, recordSplit, type Names } from './edits.ts';
import { floatingWrites, waitingFor } from './floating.ts';
import {
  invalidation,
  planInvalidation,
  recordFreshReads,
  recordInvalidation,
  type Invalidation,
} from './invalidation.ts';
import {
  loaders,
  readLoader,
  soundsLikeLoader,
  suggestedName,
  type Loader,
  type LoaderReading,
} from './loader.ts';
import { isDelegate, isWrite, waitsForOneOf, writesBeside, type Write } from './writes.ts';

export const wrapLoader: Recipe = { id: 'wrap-loader', candidates, inspect, wire };

function candidates(file: SourceText): readonly Candidate[] {
  const source = parse(file);
  return accepted(source)
    .filter(({ callable }) => soundsLikeLoader(callable.name))
    .map((loader) => candidate(source, loader));
}

/** All that could be put behind a cache and is behind none, whatever it is called. */
const accepted = (source: Source): readonly Loader[] =>
  withoutLoading(source, readAll(source)).filter(
    (loader) =>
      cacheOf(source, loader.callable) === undefined && typeof typesOf(source, loader) !== 'string',
  );

const readAll = (source: Source): readonly Loader[] =>
  callables(source).flatMap((callable) => {
    const reading = read(callable);
    return reading.ok ? [reading.loader] : [];
  });

/** What changes something must be done each time that it is called. */
function read(callable: Callable): LoaderReading {
  const reading = readLoader(callable);
  return reading.ok && isWrite(callable)
    ? { ok: false, reason: 'it changes what is stored, which a cache would not do a second time' }
    : reading;
}

function candidate(source: Source, { callable, key, entity }: Loader): Candidate {
  const { nameNode, symbol } = callable;
  const named = Node.isIdentifier(nameNode) || Node.isPrivateIdentifier(nameNode);
  const start = nameNode.getStart();
  return {
    symbol,
    line: lineOf(source, start) - 1,
    start,
    end: named ? nameNode.getEnd() : start,
    reason: `loads ${entity} by ${key.name}`,
  };
}

/** All loaders but those with which a cache loads. */
function withoutLoading(source: Source, all: readonly Loader[]): readonly Loader[] {
  const loadsForCache = callables(source)
    .flatMap((callable) => cacheOf(source, callable)?.getArguments() ?? [])
    .flatMap((load) => load.getText().match(/#?\w+/g) ?? []);
  return all.filter(({ callable }) => {
    const own = callable.symbol.split('.').at(-1) ?? callable.symbol;
    return !loadsForCache.includes(own);
  });
}

type Found =
  | { readonly ok: true; readonly source: Source; readonly loader: Loader }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

function find({ file, symbol }: Target): Found {
  const source = parse(file);
  const [problem] = syntaxProblems(source);
  if (problem) {
    const reason = `${file.path} has a syntax error in line ${problem.line}: ${problem.message}`;
    return { ok: false, reason, candidates: [] };
  }
  // Only a refusal lists them: to find them all functions of the file are read.
  const others = () => accepted(source).map((loader) => candidate(source, loader));
  if (symbol === undefined) {
    const found = withoutLoading(source, loaders(source));
    const [only, ...more] = found;
    if (only && more.length === 0) return { ok: true, source, loader: only };
    const listed = others();
    return { ok: false, reason: unclear(file, found, listed), candidates: listed };
  }
  const callable = callableFor(source, symbol);
  if (!callable) {
    return { ok: false, reason: whyNoCallable(source, symbol), candidates: others() };
  }
  const reading = read(callable);
  if (reading.ok) return { ok: true, source, loader: reading.loader };
  const reason = `${callable.symbol} cannot be put behind a cache: ${reading.reason}`;
  return { ok: false, reason, candidates: others() };
}

function unclear(
  { path }: SourceText,
  found: readonly Loader[],
  others: readonly Candidate[],
): string {
  if (found.length > 0) return `${path} has several functions that load by a key; name one`;
  return others.length > 0
    ? `${path} has no function whose name says that it loads one value by a key; name one`
    : `${path} has no function that loads one value by a key`;
}

function inspect(target: Target): Inspection {
  const found = find(target);
  if (!found.ok) return found;
  const { source, loader } = found;
  const { symbol } = loader.callable;
  const types = typesOf(source, loader);
  if (typeof types === 'string') {
    return {
      ok: false,
      reason: `${symbol} cannot be put behind a cache: ${types}`,
      candidates: accepted(source).map((one) => candidate(source, one)),
    };
  }
  const { key, value } = types;
  const imports = new Map(
    [...key.imports, ...value.imports].map((one) => [one.as ?? one.name, one]),
  );
  return {
    ok: true,
    symbol,
    suggestedName: kebab(suggestedName(loader)),
    facts: {
      symbol,
      entity: loader.entity,
      keyParam: loader.key.name,
      keyType: key.text || 'string',
      keyExpression: loader.key.expression,
      keySample: loader.key.sample,
      valueType: value.text || 'unknown',
      absence: loader.absence,
    },
    imports: [...imports.values()],
    wired: cacheOf(source, loader.callable) !== undefined,
  };
}

/** The types of key and value, as the generated file writes them; a reason when it cannot. */
function typesOf(
  source: Source,
  { key, value }: Loader,
): { readonly key: PortableType; readonly value: PortableType } | string {
  const ofKey = portableType(source, key.type ? [key.type] : []);
  const ofValue = portableType(source, value);
  if (typeof ofKey === 'string') return ofKey;
  return typeof ofValue === 'string' ? ofValue : { key: ofKey, value: ofValue };
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file } = target;
  const { instance } = context;
  const factory = String(context.params['factory'] ?? `create${context.instance.pascal}Cache`);
  const from = context.specifier(file.path, context.instance.path);
  const inspection = inspect(target);
  const found = find(target);
  if (!inspection.ok || !found.ok) {
    const reason = inspection.ok ? '' : inspection.reason;
    return manual(file, reason, byHand(target, context, factory));
  }
  const { source, loader } = found;
  const { callable } = loader;
  const draft = draftOf(source, context.profile);
  const known = localName(source, { name: factory, from });
  const present = cacheOf(source, callable);
  if (present !== undefined) {
    const made = present.getExpression().getText();
    if (made === known) return { status: 'already', file: file.path };
    const reason = `${callable.symbol} is behind another cache already (${made})`;
    return manual(file, reason, byHand(target, context, factory));
  }

  const names = namesFor(source, loader, instance);
  const writes = planWrites(source, loader);
  recordCache(draft, loader, names, addImport(draft, { name: factory, from }));
  recordSplit(draft, loader, names);
  const exported = unexported(source, loader).map((declaration) =>
    recordExport(draft, declaration, instance.path),
  );
  for (const { plan } of writes) {
    if (typeof plan === 'string') continue;
    recordInvalidation(draft, plan, names.cacheExpression, loader.entity);
    recordFreshReads(draft.recorder, plan, callable, names);
  }
  const notes = [...exported, ...writes.flatMap((one) => notesOn(draft, one, loader, names))];
  const summary = summaryOf(callable, writes);
  return wired(file, draft.recorder, summary, byHand(target, context, factory), notes);
}

interface PlannedWrite {
  readonly write: Write;
  /** A reason when nothing is done about it. */
  readonly plan: Invalidation | string;
}

function planWrites(source: Source, loader: Loader): readonly PlannedWrite[] {
  const planned = writesBeside(source, loader).map((write) => ({
    write,
    plan: write.clear ? planInvalidation(write) : write.reason,
  }));
  const invalidating = planned
    .filter(({ plan }) => typeof plan !== 'string')
    .map(({ write }) => write.callable);
  return planned.flatMap(({ write, plan }) => {
    if (!isDelegate(write.callable, invalidating)) {
      return [{ write, plan: withoutDelegated(plan, write.callable, invalidating) }];
    }
    return typeof plan === 'string' ? [] : [{ write, plan: { ...plan, isDelegate: true } }];
  });
}

/** What is written through others they invalidate. */
function withoutDelegated(
  plan: PlannedWrite['plan'],
  callable: Callable,
  invalidating: readonly Callable[],
): PlannedWrite['plan'] {
  if (typeof plan === 'string') return plan;
  const exits = plan.exits.filter(
    ({ at, statement }) => at !== 'after' || !waitsForOneOf(statement, callable, invalidating),
  );
  return { ...plan, exits };
}

/** What is left to the owner: a write that nothing is done about, or that one does not wait for. */
function notesOn(
  { source, style }: Draft,
  { write, plan }: PlannedWrite,
  { key }: Loader,
  { cacheExpression }: Names,
): readonly WiringNote[] {
  const { symbol, nameNode, fn } = write.callable;
  const known = write.clear && write.id.of === 'parameter' ? write.id : { text: key.name };
  const add = invalidation(style, cacheExpression, known);
  const call = add.replace(/^await /, '').replace(/;$/, '');
  const floating = floatingWrites(fn).filter(
    ({ isCertain }) => isCertain || typeof plan === 'string',
  );
  if (floating.length > 0 && !isOtherSide(write)) {
    return floating.map((one) => ({
      line: lineOf(source, one.call.getStart()),
      text: one.hasCallback
        ? `${symbol} writes here and is told by a callback when that has finished; invalidate there`
        : `${symbol} does not wait for this write, after which nothing can be invalidated; wait for it, then invalidate`,
      snippet: waitingFor(style, one, fn, call),
    }));
  }
  if (typeof plan !== 'string') return [];
  const text = `${symbol} is left as it is: ${plan}`;
  const line = lineOf(source, nameNode.getStart());
  return [{ line, text, ...(isOtherSide(write) ? {} : { snippet: add }) }];
}

/** A static write cannot reach the cache of an object, nor the other way round. */
const isOtherSide = (write: Write): boolean => !write.clear && write.isOutOfReach === true;

function summaryOf({ symbol }: Callable, writes: readonly PlannedWrite[]): string {
  const done = writes.filter(({ plan }) => typeof plan !== 'string' && !plan.isDelegate);
  const names = done.map(({ write }) => write.callable.name).join(', ');
  const after = names === '' ? '' : `, ${names} invalidate${done.length === 1 ? 's' : ''} it`;
  return `${symbol} reads through the cache${after}`;
}

/** Types that the generated file has to name and that this file keeps to itself. */
function unexported(source: Source, { key, value }: Loader): readonly Node[] {
  const types = portableType(source, [...(key.type ? [key.type] : []), ...value]);
  return typeof types === 'string' ? [] : [...new Set(types.expose)];
}

/** The lines that put the cache in front of a function whose shape the recipe does not know. */
function byHand({ file, symbol }: Target, context: WireContext, factory: string): ByHand {
  const source = parse(file);
  const style = codeStyle(source, context.profile);
  const from = context.specifier(file.path, context.instance.path);
  const callable = symbol === undefined ? undefined : callableFor(source, symbol);
  const cache = `${context.instance.camel}Cache`;
  const snippet = [
    importStatement(source, style, { name: factory, from }),
    `const ${cache} = ${factory}(${style.arrowParameter('key')} => load(key))${style.end}`,
    `await ${cache}.get(key)${style.end}`,
    `await ${cache}.invalidate(key)${style.end}`,
  ];
  const place = callable?.nameNode ?? unfitMember(source, symbol ?? '')?.node;
  return { snippet: snippet.join('\n'), line: place ? lineOf(source, place.getStart()) : 1 };
}

/** The call that made the cache from which a function answers, e.g. `createUserCache(…)`; undefined when it answers from none. */
function cacheOf(source: Source, { fn, owner, declaration }: Callable): CallExpression | undefined {
  const body = fn.getBody();
  const [only, ...more] = Node.isBlock(body) ? body.getStatements() : [];
  const answer = Node.isReturnStatement(only) ? only : Node.isBlock(body) ? undefined : body;
  if (!answer || more.length > 0) return undefined;
  const lookup = [answer, ...answer.getDescendants()].find(
    (node) =>
      Node.isCallExpression(node) &&
      Node.isPropertyAccessExpression(node.getExpression()) &&
      /\.get$/.test(node.getExpression().getText()),
  );
  if (!Node.isCallExpression(lookup)) return undefined;
  const callee = lookup.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  return loadingFactory(source, callee.getExpression(), owner, declaration);
}

/**
 * The imported function with which a field or constant was made, when it was given a function to load with.
 */
function loadingFactory(
  source: Source,
  cache: Node,
  owner: Callable['owner'],
  user: Node,
): CallExpression | undefined {
  const isField =
    Node.isPropertyAccessExpression(cache) &&
    [owner?.getName(), 'this'].includes(cache.getExpression().getText());
  const made = isField
    ? owner?.getProperties().find((property) => property.getName() === cache.getName())
    : source.root.getVariableDeclaration(cache.getText());
  const value = made === user ? undefined : made?.getInitializer();
  if (!Node.isCallExpression(value)) return undefined;
  const [load, ...others] = value.getArguments();
  const factory = value.getExpression();
  const isImported =
    originOf(Node.isPropertyAccessExpression(factory) ? factory.getExpression() : factory) !==
    undefined;
  const loads = Node.isArrowFunction(load) || Node.isIdentifier(load);
  return isImported && loads && others.length === 0 ? value : undefined;
}
