import { call, endBefore, width, type CodeStyle } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import { allowsAwait, appsIn, type App, type Container, type Listening } from '../../hosts.ts';
import { isJavaScript } from '../../javascript.ts';
import { freeName, usesName } from '../../names.ts';
import { Node, codeEnd, indentAt, lineOf, type Statement } from '../../source.ts';
import { insertAfter, insertBefore } from '../../statements.ts';
import type { Lines } from './lines.ts';
import { nestClosing, nestProvider } from './nest.ts';
import { recordBefore, recordInShutdown, shutdownsIn } from './shutdown.ts';

/** Where the application starts. */
export type Start =
  | { readonly kind: 'listen'; readonly listening: Listening; readonly app: App | undefined }
  | { readonly kind: 'plugin'; readonly app: App }
  | { readonly kind: 'context'; readonly app: App }
  | { readonly kind: 'script'; readonly last: Statement | undefined };

/** Why nothing is recorded. */
export interface Problem {
  readonly reason: string;
  readonly line: number;
  readonly snippet?: string;
}

/** Records both ends of the component's life. @param isModule whether `await` may stand at the top level */
export function recordStart(
  draft: Draft,
  start: Start,
  lines: Lines,
  isModule: boolean,
): Problem | undefined {
  if (start.kind === 'plugin') return recordPlugin(draft, start.app, lines);
  const unknown = shutdownsIn(draft.source).find((one) => !one.ok);
  if (unknown && !unknown.ok) return unknown;
  if (start.kind === 'listen') {
    return recordListening(draft, start.listening, start.app, lines, isModule);
  }
  return recordScript(draft, start, lines, isModule);
}

function recordListening(
  draft: Draft,
  listening: Listening,
  app: App | undefined,
  lines: Lines,
  isModule: boolean,
): Problem | undefined {
  const { source, style } = draft;
  const { statement, container } = listening;
  const line = lineOf(source, listening.call.getStart());
  if (!container || !isPlain(statement)) {
    return { line, reason: 'the call that listens stands within a larger expression or statement' };
  }
  if (app?.framework === 'nest' && /\.enableShutdownHooks\(/.test(source.text)) {
    const reason =
      'Nest ends the process itself after its shutdown hooks; close the component in one of them';
    return { line, reason, snippet: nestProvider(style, lines) };
  }
  if (app?.framework === 'nest') {
    insertBefore(draft, statement, ...startLines(draft, container, lines, isModule));
    recordNestShutdown(draft, statement, app, lines, listening.holder);
    return undefined;
  }
  const hasShutdown = shutdownsIn(source).length > 0;
  const hooked =
    app?.framework === 'fastify' && (!hasShutdown || source.text.includes(`${app.name}.close(`));
  const indent = indentAt(source, statement.getStart());
  const starting = hooked
    ? fastifyHooks(style, indent, app.name, lines)
    : startLines(draft, container, lines, isModule);
  insertBefore(draft, statement, ...starting);
  if (!hasShutdown) {
    const closed = style.arrowParameter('closed');
    const stop =
      app?.framework === 'fastify'
        ? `await ${app.name}.close()`
        : `await new Promise(${closed} => ${serverName(draft, listening)}.close(closed))`;
    recordShutdown(draft, statement, hooked ? [stop] : [stop, `await ${lines.close}`]);
  } else if (!hooked) {
    const servers = [listening.holder, listening.on, app?.name];
    recordInShutdowns(draft, servers, lines);
  }
  return undefined;
}

/** Nest tells its services to end before its server has: what works with them is closed first. */
function recordNestShutdown(
  draft: Draft,
  after: Statement,
  app: App,
  lines: Lines,
  server?: string,
): void {
  const steps = nestClosing(app, lines, draft.style).map((step) => `await ${step}`);
  const shutdowns = shutdownsIn(draft.source);
  const servers = [`${app.name}.getHttpServer()`, ...(server === undefined ? [] : [server])];
  if (shutdowns.length === 0) {
    const stop = app.name === '' ? [] : [`await ${app.name}.close()`];
    recordShutdown(draft, after, [...steps, ...stop]);
  }
  for (const one of shutdowns) {
    if (one.ok && !recordBefore(draft, one.fn, app.name, steps)) {
      recordInShutdown(draft, one.fn, servers, lines.close);
    }
  }
}

/** Awaited where that may be. Where it may not, a start that fails ends the process all the same, as it would at the top of a module. */
function startLines(
  { source, style }: Draft,
  container: Container,
  { name, start }: Lines,
  isModule: boolean,
): readonly string[] {
  const { tab, end } = style;
  if (allowsAwait(container, isModule)) return [`await ${start}${end}`];
  const isTyped = !isJavaScript(source.file.path);
  const caught = `.catch(${isTyped ? '(error: unknown)' : style.arrowParameter('error')} => {`;
  const first = container.getStatements().at(0);
  const indent = first ? indentAt(source, first.getStart()) : '';
  const fits = width(`${indent}${start}${caught}`) <= style.printWidth;
  const chain = fits
    ? [`${start}${caught}`]
    : [name, `${tab}${start.slice(name.length)}`, `${tab}${caught}`];
  const inner = fits ? '' : tab;
  return [
    ...chain,
    `${inner}${tab}console.error(error)${end}`,
    `${inner}${tab}process.exit(1)${end}`,
    `${inner}})${end}`,
  ];
}

function recordInShutdowns(
  draft: Draft,
  servers: readonly (string | undefined)[],
  { close }: Lines,
): void {
  const named = servers.filter((one) => one !== undefined && one !== '');
  for (const one of shutdownsIn(draft.source)) {
    if (one.ok) recordInShutdown(draft, one.fn, named as readonly string[], close);
  }
}

/** `app.listen(…);`, `await app.listen(…);` or `const server = app.listen(…);`. */
const isPlain = (statement: Statement): boolean =>
  Node.isExpressionStatement(statement) || Node.isVariableStatement(statement);

/** The variable that holds the server; one is added where there is none. */
function serverName(
  { source, recorder }: Draft,
  { call: listen, statement, holder, on }: Listening,
): string {
  if (holder !== undefined) return holder;
  const isServer = appsIn(source).some((app) => app.framework === 'node-http' && app.name === on);
  const isAssigned = statement.getStart() !== listen.getStart();
  if (on !== undefined && (isServer || isAssigned)) return on;
  const taken = usesName(source.root, source.text, 'server');
  const name = freeName(source, taken ? 'httpServer' : 'server');
  recorder.insert(listen.getStart(), `const ${name} = `);
  return name;
}

/** Adds what the file lacks: a function that ends the process in order, called on SIGTERM and SIGINT. */
function recordShutdown(draft: Draft, after: Statement, steps: readonly string[]): void {
  const { source, style } = draft;
  const { tab, end } = style;
  const shutdown = freeName(source, 'shutdown');
  const once = (signal: string) => `process.once(${style.quote(signal)}, () => void ${shutdown}())`;
  const following = source.text.slice(codeEnd(after));
  insertAfter(
    draft,
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

function recordPlugin(draft: Draft, { container, name }: App, lines: Lines): Problem | undefined {
  const { source, style } = draft;
  const last = container.getStatements().at(-1);
  const indent = last ? indentAt(source, last.getStart()) : style.tab;
  const hooks = fastifyHooks(style, indent, name, lines);
  if (!last) {
    const line = lineOf(source, container.getStart());
    return { line, reason: 'the plugin is empty', snippet: hooks.join('\n') };
  }
  const ends = Node.isReturnStatement(last) || /^\w+\(\);?$/.test(last.getText());
  if (ends) insertBefore(draft, last, ...hooks);
  else insertAfter(draft, last, '', ...hooks);
  return undefined;
}

/** Fastify closes last first: a hook that is added when all plugins are there runs before those of what the component uses. */
function fastifyHooks(
  style: CodeStyle,
  indent: string,
  app: string,
  { start, close }: Lines,
): readonly string[] {
  const { tab, end } = style;
  const hook = (event: string, body: string, at: string): string => {
    const passed = { parameters: `${style.quote(event)}, ()`, body };
    return call(style, at, `${app}.addHook`, passed, end).slice(indent.length);
  };
  return [
    hook('onReady', start, indent),
    '// Closed before what the plugins have brought.',
    `${app}.after(() => {`,
    hook('onClose', close, indent + tab),
    `})${end}`,
  ];
}

/** A program without a server: starts the component when all else is set up. */
function recordScript(
  draft: Draft,
  start: Extract<Start, { kind: 'script' | 'context' }>,
  lines: Lines,
  isModule: boolean,
): Problem | undefined {
  const { source } = draft;
  const app = start.kind === 'context' ? start.app : undefined;
  const after = start.kind === 'script' ? start.last : start.app.statement;
  if (!after) return { line: 1, reason: `${source.file.path} is empty` };
  const starting = startLines(draft, app?.container ?? source.root, lines, isModule);
  insertAfter(draft, after, '', ...starting);
  if (app) recordNestShutdown(draft, after, app, lines);
  else if (shutdownsIn(source).length > 0) recordInShutdowns(draft, [], lines);
  else recordShutdown(draft, after, [`await ${lines.close}`]);
  return undefined;
}
