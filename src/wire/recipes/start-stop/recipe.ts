/**
 * Starts a component where the application starts, and closes it where the application ends.
 *
 * Params (pattern.json): `component`, the name that the instance exports (default `{{camel}}Consumer`), an object with `start(): Promise<void>` and
 * `close({ drainMs }): Promise<void>`; `drainMs`, how long work in hand may take to finish (default 10000).
 *
 * Facts: `framework`. The target is a file that calls `listen` or `serve`, makes a Fastify plugin or a Nest application, or else any script.
 */
import { call, codeStyle, endBefore, type CodeStyle } from '../../code.ts';
import { allowsAwait, appsIn, listeningIn, type App, type Listening } from '../../hosts.ts';
import { addImport, importStatement, localName } from '../../imports.ts';
import { freeName, usesName } from '../../names.ts';
import { manual, wired, type ByHand } from '../../outcome.ts';
import { EditRecorder } from '../../recorder.ts';
import {
  Node,
  codeEnd,
  indentAt,
  lineOf,
  parse,
  syntaxProblems,
  type Source,
  type Statement,
} from '../../source.ts';
import { insertAfter, insertBefore } from '../../statements.ts';
import type {
  Candidate,
  Inspection,
  Recipe,
  SourceText,
  Target,
  WireContext,
  WiringOutcome,
} from '../../types.ts';
import { recordInShutdown, shutdownsIn } from './shutdown.ts';

export const startStop: Recipe = { id: 'start-stop', candidates, inspect, wire };

/** Where the application starts. */
type Start =
  | { readonly kind: 'listen'; readonly listening: Listening; readonly app: App | undefined }
  | { readonly kind: 'plugin'; readonly app: App }
  | { readonly kind: 'context'; readonly app: App }
  | { readonly kind: 'script'; readonly last: Statement | undefined };

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
  const style = codeStyle(source, profile);
  const closeOf = (name: string) =>
    `${name}.close(${style.braces(`drainMs: ${grouped(drainMs)}`)})`;
  const byHand = (line: number): ByHand => ({
    line,
    snippet: [
      importStatement({ name: component, from }, style),
      `await ${component}.start()${style.end} // before the application listens`,
      `await ${closeOf(component)}${style.end} // on SIGTERM and SIGINT, after the server has closed`,
    ].join('\n'),
  });
  if (!found.ok) return manual(file, found.reason, byHand(1));
  const { start } = found;
  const known = localName(source, { name: component, from });
  if (known !== undefined && source.text.includes(`${known}.start(`)) {
    return { status: 'already', file: file.path };
  }

  const recorder = new EditRecorder(file, style.eol);
  const name = addImport(source, recorder, style, { name: component, from });
  const writer = { source, recorder, style, isModule: profile.moduleSystem === 'esm' };
  const lines = { name, start: `${name}.start()`, close: closeOf(name) };
  const problem =
    start.kind === 'listen'
      ? recordListening(writer, start.listening, start.app, lines)
      : start.kind === 'plugin'
        ? recordPlugin(writer, start.app, lines)
        : recordScript(writer, start, lines);
  if (problem)
    return manual(file, problem.reason, {
      ...byHand(problem.line),
      ...(problem.snippet ? { snippet: problem.snippet } : {}),
    });
  const summary = `${name} starts and closes with the application`;
  return wired(file, recorder, summary, byHand(1));
}

const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, '_');

interface Writer {
  readonly source: Source;
  readonly recorder: EditRecorder;
  readonly style: CodeStyle;
  readonly isModule: boolean;
}

interface Lines {
  readonly name: string;
  readonly start: string;
  readonly close: string;
}

interface Problem {
  readonly reason: string;
  readonly line: number;
  readonly snippet?: string;
}

function recordListening(
  writer: Writer,
  listening: Listening,
  app: App | undefined,
  lines: Lines,
): Problem | undefined {
  const { source, recorder, style } = writer;
  const { statement, container } = listening;
  const line = lineOf(source, listening.call.getStart());
  if (!container)
    return { line, reason: 'the call that listens has no block of its own to add a line to' };
  if (!isPlain(statement))
    return { line, reason: 'the call that listens is part of a larger expression' };

  const shutdowns = shutdownsIn(source);
  const unknown = shutdowns.find((one) => !one.ok);
  if (unknown && !unknown.ok) return unknown;
  const framework = app?.framework;
  if (framework === 'nest' && /\.enableShutdownHooks\(/.test(source.text)) {
    return {
      line,
      reason:
        'Nest ends the process itself after its shutdown hooks; close the component in one of them',
      snippet: nestProvider(style, lines),
    };
  }
  const appName = app?.name ?? '';
  const closesApp = framework === 'fastify' || framework === 'nest';
  const hooked =
    framework === 'fastify' &&
    (shutdowns.length === 0 || source.text.includes(`${appName}.close(`));
  if (hooked) {
    const indent = indentAt(source, statement.getStart());
    insertBefore(source, recorder, statement, ...fastifyHooks(style, indent, appName, lines));
  } else {
    const waits = allowsAwait(container, writer.isModule) ? 'await' : 'void';
    insertBefore(source, recorder, statement, `${waits} ${lines.start}${style.end}`);
  }
  if (shutdowns.length === 0) {
    const server = closesApp ? appName : serverName(writer, listening);
    const stops = closesApp
      ? `await ${appName}.close()`
      : `await new Promise(${style.arrowParameter('closed')} => ${server}.close(closed))`;
    recordShutdown(writer, statement, hooked ? [stops] : [stops, `await ${lines.close}`]);
  } else if (!hooked) {
    const servers = [listening.holder, listening.on, app?.name].filter((one) => one !== undefined);
    for (const one of shutdowns) {
      if (one.ok) recordInShutdown(source, recorder, style, one.fn, servers, lines.close);
    }
  }
  return undefined;
}

/** `app.listen(…);`, `await app.listen(…);` or `const server = app.listen(…);`. */
const isPlain = (statement: Statement): boolean =>
  Node.isExpressionStatement(statement) || Node.isVariableStatement(statement);

/** The variable that holds the server; one is added where there is none. */
function serverName(
  { source, recorder }: Writer,
  { call, statement, holder, on }: Listening,
): string {
  if (holder !== undefined) return holder;
  const isServer =
    on !== undefined &&
    appsIn(source).some(({ framework, name }) => framework === 'node-http' && name === on);
  if (isServer && on !== undefined) return on;
  const isAssigned = statement.getStart() !== call.getStart();
  if (isAssigned && on !== undefined) return on;
  const name = freeName(
    source,
    usesName(source.root, source.text, 'server') ? 'httpServer' : 'server',
  );
  recorder.insert(call.getStart(), `const ${name} = `);
  return name;
}

const fastifyHooks = (
  style: CodeStyle,
  indent: string,
  app: string,
  { start, close }: Lines,
): readonly string[] =>
  Object.entries({ onReady: start, onClose: close }).map(([event, body]) =>
    call(
      style,
      indent,
      `${app}.addHook`,
      { parameters: `${style.quote(event)}, ()`, body },
      style.end,
    ).slice(indent.length),
  );

function nestProvider(style: CodeStyle, lines: Lines): string {
  const { tab, end } = style;
  return [
    `// Add it to the providers of your root module.`,
    `@Injectable()`,
    `export class ${lines.name.slice(0, 1).toUpperCase()}${lines.name.slice(1)}Lifecycle implements OnApplicationBootstrap, OnApplicationShutdown {`,
    `${tab}onApplicationBootstrap() {`,
    `${tab}${tab}return ${lines.start}${end}`,
    `${tab}}`,
    '',
    `${tab}onApplicationShutdown() {`,
    `${tab}${tab}return ${lines.close}${end}`,
    `${tab}}`,
    `}`,
  ].join('\n');
}

/** Adds what the file lacks: a function that ends the process in order, called on SIGTERM and SIGINT. */
function recordShutdown(
  { source, recorder, style }: Writer,
  after: Statement,
  steps: readonly string[],
): void {
  const { tab, end } = style;
  const shutdown = freeName(source, 'shutdown');
  const once = (signal: string) => `process.once(${style.quote(signal)}, () => void ${shutdown}())`;
  const following = source.text.slice(codeEnd(after));
  insertAfter(
    source,
    recorder,
    after,
    '',
    '// Take no new requests, finish what is in hand, then end.',
    `const ${shutdown} = async () => {`,
    ...steps.map((step) => `${tab}${step}${end}`),
    `${tab}process.exit()${end}`,
    `}${end}`,
    `${once('SIGTERM')}${end}`,
    `${once('SIGINT')}${endBefore(style, following)}`,
  );
}

function recordPlugin(
  { source, recorder, style }: Writer,
  app: App,
  lines: Lines,
): Problem | undefined {
  const body = app.container;
  const last = body.getStatements().at(-1);
  const indent = last ? indentAt(source, last.getStart()) : style.tab;
  const hooks = fastifyHooks(style, indent, app.name, lines);
  if (!last)
    return {
      line: lineOf(source, body.getStart()),
      reason: 'the plugin has no statement to add the hooks to',
      snippet: hooks.join('\n'),
    };
  const ends = Node.isReturnStatement(last) || /^\w+\(\);?$/.test(last.getText());
  if (ends) insertBefore(source, recorder, last, ...hooks);
  else insertAfter(source, recorder, last, '', ...hooks);
  return undefined;
}

/** A program without a server: starts the component when all else is set up. */
function recordScript(
  writer: Writer,
  start: Extract<Start, { kind: 'script' | 'context' }>,
  lines: Lines,
): Problem | undefined {
  const { source, recorder, style } = writer;
  const context = start.kind === 'context' ? start.app : undefined;
  const after = context ? context.statement : start.kind === 'script' ? start.last : undefined;
  const container = context?.container ?? source.root;
  if (!after) return { line: 1, reason: `${source.file.path} is empty` };
  const shutdowns = shutdownsIn(source);
  const unknown = shutdowns.find((one) => !one.ok);
  if (unknown && !unknown.ok) return unknown;
  const waits = allowsAwait(container, writer.isModule) ? 'await' : 'void';
  insertAfter(source, recorder, after, '', `${waits} ${lines.start}${style.end}`);
  if (shutdowns.length === 0) {
    const stops = context && context.name !== '' ? [`await ${context.name}.close()`] : [];
    recordShutdown(writer, after, [...stops, `await ${lines.close}`]);
  } else {
    for (const one of shutdowns) {
      if (one.ok)
        recordInShutdown(
          source,
          recorder,
          style,
          one.fn,
          context ? [context.name] : [],
          lines.close,
        );
    }
  }
  return undefined;
}
