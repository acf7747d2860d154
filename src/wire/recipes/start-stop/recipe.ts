/**
 * Starts a component where the application starts, and closes it where the application ends.
 *
 * Params (pattern.json): `component`, the name that the instance exports (default `{{camel}}Consumer`), an object with `start(): Promise<void>` and
 * `close({ drainMs }): Promise<void>`; `drainMs`, how long work in hand may take to finish (default 10000).
 *
 * Facts: `framework`. The target is a file that calls `listen` or `serve`, makes a Fastify plugin or a Nest application, or else any script.
 */
import { draftOf } from '../../draft.ts';
import { appsIn, listeningIn, type Listening } from '../../hosts.ts';
import { addImport, importStatement, localName } from '../../imports.ts';
import { manual, wired, type ByHand } from '../../outcome.ts';
import { lineOf, parse, syntaxProblems, type Source } from '../../source.ts';
import type {
  Candidate,
  Inspection,
  Recipe,
  SourceText,
  Target,
  WireContext,
  WiringOutcome,
} from '../../types.ts';
import { recordStart, type Start } from './edits.ts';
import { signalNotes } from './signals.ts';

export const startStop: Recipe = { id: 'start-stop', candidates, inspect, wire };

function candidates(file: SourceText): readonly Candidate[] {
  const source = parse(file);
  return listeningIn(source).map((listening) => candidate(source, listening));
}

function candidate(source: Source, { call }: Listening): Candidate {
  const start = call.getStart();
  const line = lineOf(source, start);
  const text = call.getExpression().getText();
  return {
    symbol: `L${line}`,
    line: line - 1,
    start,
    end: start + text.length,
    reason: `starts with ${text}`,
  };
}

type Found =
  | { readonly ok: true; readonly source: Source; readonly start: Start }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

function find({ file, symbol }: Target): Found {
  const source = parse(file);
  const refuse = (reason: string, others: readonly Candidate[] = []): Found => ({
    ok: false,
    reason,
    candidates: others,
  });
  const [problem] = syntaxProblems(source);
  if (problem) {
    return refuse(`${file.path} has a syntax error in line ${problem.line}: ${problem.message}`);
  }
  const all = listeningIn(source);
  const line = /^L(\d+)$/.exec(symbol ?? '')?.[1];
  const fitting =
    line === undefined
      ? all
      : all.filter(({ call }) => lineOf(source, call.getStart()) === Number(line));
  const [listening, ...more] = fitting;
  if (line !== undefined && !listening) {
    return refuse(
      `nothing in ${file.path} starts to listen in line ${line}`,
      all.map((one) => candidate(source, one)),
    );
  }
  if (more.length > 0) {
    return refuse(
      `${file.path} starts to listen in more than one place; name the line`,
      fitting.map((one) => candidate(source, one)),
    );
  }
  const apps = appsIn(source);
  if (listening) {
    const app =
      apps.find(({ name }) => name !== '' && name === listening.on) ??
      apps.find(({ framework }) => framework === 'hono');
    return { ok: true, source, start: { kind: 'listen', listening, app } };
  }
  const plugin = apps.find(({ framework, statement }) => framework === 'fastify' && !statement);
  if (plugin) return { ok: true, source, start: { kind: 'plugin', app: plugin } };
  const context = apps.find(({ framework }) => framework === 'nest');
  if (context) return { ok: true, source, start: { kind: 'context', app: context } };
  if (apps.some(({ framework }) => framework === 'hono')) {
    return refuse(
      `${file.path} exports its app to a platform that starts it; a component that works in the background has no place there`,
    );
  }
  return { ok: true, source, start: { kind: 'script', last: source.root.getStatements().at(-1) } };
}

function inspect(target: Target): Inspection {
  const found = find(target);
  if (!found.ok) return found;
  const { start } = found;
  const app = start.kind === 'script' ? undefined : start.app;
  return {
    ok: true,
    symbol:
      start.kind === 'listen'
        ? start.listening.call.getExpression().getText()
        : (app?.name ?? target.file.path),
    suggestedName: 'app',
    facts: { framework: app?.framework ?? 'node' },
    imports: [],
  };
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file } = target;
  const { instance, params, profile } = context;
  const component = String(params['component'] ?? `${instance.camel}Consumer`);
  const drainMs = Number(params['drainMs'] ?? 10_000);
  const from = context.specifier(file.path, instance.path);
  const found = find(target);
  const source = parse(file);
  const draft = draftOf(source, profile);
  const { style } = draft;
  const closeOf = (name: string) =>
    `${name}.close(${style.braces(`drainMs: ${grouped(drainMs)}`)})`;
  const byHand = (line: number): ByHand => ({
    line,
    snippet: [
      importStatement(source, style, { name: component, from }),
      `await ${component}.start()${style.end} // before the application listens`,
      `await ${closeOf(component)}${style.end} // on SIGTERM and SIGINT, after the server has closed`,
    ].join('\n'),
  });
  const known = localName(source, { name: component, from });
  if (known !== undefined && startsIn(source, known)) {
    return { status: 'already', file: file.path };
  }
  if (!found.ok) return manual(file, found.reason, byHand(1));
  const { start } = found;

  const name = addImport(draft, { name: component, from });
  const holdsSockets = '@nestjs/websockets' in profile.dependencies;
  const lines = { name, start: `${name}.start()`, close: closeOf(name), holdsSockets };
  const problem = recordStart(draft, start, lines, isModule(file, profile));
  if (problem) {
    const { reason, line, snippet } = problem;
    return manual(file, reason, { ...byHand(line), ...(snippet ? { snippet } : {}) });
  }
  const summary = `${name} starts and closes with the application`;
  return wired(file, draft.recorder, summary, byHand(1), signalNotes(source, name));
}

const startsIn = ({ text }: Source, component: string): boolean =>
  [...text.matchAll(/([\w$]+)\s*\.start\(/g)].some(([, name]) => name === component);

/** By its own extension, else as the package has it. */
function isModule({ path }: SourceText, { moduleSystem }: WireContext['profile']): boolean {
  return /\.m[jt]s$/.test(path) || (moduleSystem === 'esm' && !/\.c[jt]s$/.test(path));
}

const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, '_');
