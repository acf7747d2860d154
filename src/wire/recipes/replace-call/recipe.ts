/**
 * Lets calls of a function go through an instance: all calls in the function, class, line or file that is named.
 *
 * Params (pattern.json):
 * - `module`: where the called function comes from: a package, a workspace path (`/src/http.ts`), or `global`;
 * - `name`: what it is called there: `get`, `default`, `promises.readFile`;
 * - `with`: the call that stands in its place. It begins with what the instance exports, and holds once `$args` (the arguments as they are) or
 *   `$call` (the call as it is): `{{camel}}Client.fetch($args)`, `{{camel}}Breaker.run(() => $call)` (default `{{camel}}.run(() => $call)`).
 *
 * The function is known by its import, under whatever name the file has for it: a local of the same name, a shadowed name or a constant that it
 * was copied into are left alone. What hands the function on is left as it is, with a note.
 *
 * Facts: `symbol`, `called` (how the file writes it), `calls` (how many there are).
 */
import { callableFor, callables } from '../../callables.ts';
import { draftOf } from '../../draft.ts';
import { importExported, isShadowed, knownAs } from '../../exported.ts';
import { importStatement } from '../../imports.ts';
import { objectsOf } from '../../objects.ts';
import { manual, wired, type ByHand } from '../../outcome.ts';
import {
  lineOf,
  parse,
  syntaxProblems,
  Node,
  type CallExpression,
  type Source,
} from '../../source.ts';
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
import { unfitMember } from '../../unfit-members.ts';
import { leftOverImports, recordRemoval } from '../../unused-imports.ts';
import { calls, isGivenTo, recordReplacement, unfitCall } from './edits.ts';
import { paramsOf, type Params, type Template } from './template.ts';
import { usesOf, type Use } from './uses.ts';

export const replaceCall: Recipe = { id: 'replace-call', candidates, inspect, wire };

/** Functions that hold such calls. Without params nothing says which calls are meant. */
function candidates(
  file: SourceText,
  _profile: unknown,
  params: Readonly<Record<string, unknown>> = {},
): readonly Candidate[] {
  // The instance has no name yet.
  const template = String(params['with'] ?? 'instance.run(() => $call)').replace(
    /\{\{[^}]*\}\}/g,
    'instance',
  );
  const read = paramsOf({ ...params, with: template }, 'instance');
  const source = parse(file);
  return typeof read === 'string' ? [] : holders(source, read);
}

/** The functions all of whose calls can go through the instance. */
function holders(source: Source, { symbol, template }: Params): readonly Candidate[] {
  return callables(source).flatMap(({ symbol: name, nameNode, declaration }) => {
    const uses = usesOf(source, symbol, declaration);
    const result = replaceable(uses, template, undefined);
    const [call] = 'reason' in result ? [] : result.calls;
    if (!call) return [];
    const start = nameNode.getStart();
    const isName = Node.isIdentifier(nameNode) || Node.isPrivateIdentifier(nameNode);
    const end = isName ? nameNode.getEnd() : start;
    const reason = `calls ${call.getExpression().getText()}`;
    return [{ symbol: name, line: lineOf(source, start) - 1, start, end, reason }];
  });
}

const isCall = (use: Use): use is Extract<Use, { kind: 'call' }> => use.kind === 'call';

type Found =
  | {
      readonly ok: true;
      readonly source: Source;
      readonly uses: readonly Use[];
      readonly within: Node;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly candidates: readonly Candidate[];
      readonly node?: Node;
    };

function find({ file, symbol }: Target, params: Params): Found {
  const source = parse(file);
  const [problem] = syntaxProblems(source);
  if (problem) {
    const reason = `${file.path} has a syntax error in line ${problem.line}: ${problem.message}`;
    return { ok: false, reason, candidates: [] };
  }
  const others = holders(source, params);
  const within = symbol === undefined ? source.root : scopeOf(source, symbol);
  if (!within) {
    const reason =
      unfitMember(source, symbol ?? '')?.reason ??
      `${file.path} has no function or class ${symbol ?? ''}`;
    return { ok: false, reason, candidates: others };
  }
  const uses = usesOf(source, params.symbol, within).filter((use) =>
    isOnLine(source, use, symbol, within),
  );
  return { ok: true, source, uses, within };
}

/** A function, a class, an object, or what stands on a line. */
const scopeOf = (source: Source, symbol: string): Node | undefined =>
  callableFor(source, symbol)?.declaration ??
  source.root.getClass(symbol) ??
  source.root
    .getStatements()
    .flatMap(objectsOf)
    .find(({ prefix }) => prefix === `${symbol}.`)?.literal ??
  (/^L\d+$/.test(symbol) ? source.root : undefined);

/** A line names the calls that begin on it; the function around it where none does. */
function isOnLine(source: Source, use: Use, symbol: string | undefined, within: Node): boolean {
  const line = Number(/^L(\d+)$/.exec(symbol ?? '')?.[1] ?? 0);
  if (line === 0) return true;
  const at = (one: Use) => lineOf(source, nodeOf(one).getStart());
  return at(use) === line || (within !== source.root && line === within.getStartLineNumber());
}

const nodeOf = (use: Use): Node => (use.kind === 'call' ? use.callee : use.node);

interface Replaceable {
  readonly calls: readonly CallExpression[];
  readonly values: readonly Node[];
}

/** The calls to replace; the first thing that stands against it, for nothing is to be half done. */
function replaceable(
  uses: readonly Use[],
  template: Template,
  known: string | undefined,
): Replaceable | { readonly reason: string; readonly node: Node } {
  const open = uses
    .filter(isCall)
    .filter(({ call }) => known === undefined || !isGivenTo(call, known));
  const refused = uses.find((use) => use.kind === 'refused');
  if (refused) {
    return { node: refused.node, reason: `\`${refused.node.getText()}\` ${refused.reason}` };
  }
  for (const { call, callee } of open) {
    const reason = unfitCall(call, template);
    if (reason !== undefined) return { node: call, reason: `\`${callee.getText()}\` ${reason}` };
    if (known !== undefined && isShadowed(call, known)) {
      return { node: call, reason: `\`${known}\` means something else here` };
    }
  }
  const values = uses.filter((use) => use.kind === 'value').map(({ node }) => node);
  return { calls: open.map(({ call }) => call), values };
}

const nothing = ({ symbol }: Params, where: string): string =>
  `${where.replace(/^L(?=\d+$)/, 'line ')} has no call of \`${symbol.name}\` ${symbol.module === 'global' ? '(global)' : `of ${symbol.module}`}`;

function inspect(target: Target, { params }: Pick<WireContext, 'params'>): Inspection {
  const read = paramsOf(params, 'instance');
  if (typeof read === 'string') return { ok: false, reason: read, candidates: [] };
  const found = find(target, read);
  if (!found.ok) return found;
  const { file, symbol = file.path } = target;
  const result = replaceable(found.uses, read.template, undefined);
  const others = holders(found.source, read);
  if ('reason' in result) {
    const line = lineOf(found.source, result.node.getStart());
    return { ok: false, reason: `${result.reason} (line ${line})`, candidates: others };
  }
  const [first] = result.calls;
  if (!first) return { ok: false, reason: nothing(read, symbol), candidates: others };
  const called = first.getExpression().getText();
  return {
    ok: true,
    symbol,
    suggestedName: '',
    facts: { symbol, called, calls: String(result.calls.length) },
    imports: [],
  };
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file, symbol = file.path } = target;
  const { instance, profile } = context;
  const from = context.specifier(file.path, instance.path);
  const source = parse(file);
  const draft = draftOf(source, profile);
  const params = paramsOf(context.params, instance.camel);
  if (typeof params === 'string') return manual(file, params, { line: 1, snippet: '' });
  const { template } = params;
  const { exported } = template;
  const byHand = (node?: Node): ByHand => ({
    line: node ? lineOf(source, node.getStart()) : 1,
    snippet: [
      importStatement(source, draft.style, { name: exported.name, from }),
      template.text.replace('$call', () => `${params.symbol.name}(…)`).replace('$args', () => '…'),
    ].join('\n'),
  });
  const found = find(target, params);
  if (!found.ok) return manual(file, found.reason, byHand());
  const known = knownAs(source, exported, from);
  const result = replaceable(found.uses, template, known);
  if ('reason' in result) return manual(file, result.reason, byHand(result.node));
  if (result.calls.length === 0) {
    if (known !== undefined && calls(found.within, known)) {
      return { status: 'already', file: file.path };
    }
    return manual(file, nothing(params, symbol), byHand(found.within));
  }

  const gone = template.keeps === 'call' ? [] : result.calls.map((call) => call.getExpression());
  const leftOver = leftOverImports(source, ...gone);
  const callee = importExported(draft, exported, from, leftOver.whole);
  recordRemoval(draft, leftOver);
  for (const call of result.calls) recordReplacement(draft, call, callee, template);
  const count = result.calls.length;
  const what = `${count} call${count === 1 ? '' : 's'} of ${params.symbol.name}`;
  const summary = `${what} go${count === 1 ? 'es' : ''} through ${exported.name}${exported.path}`;
  const notes = result.values.map((node) => noteOn(source, node));
  return wired(file, draft.recorder, summary, byHand(found.within), notes);
}

const noteOn = (source: Source, node: Node): WiringNote => ({
  line: lineOf(source, node.getStart()),
  text: `\`${node.getText()}\` is handed on here, so calls of it elsewhere are not replaced`,
});
