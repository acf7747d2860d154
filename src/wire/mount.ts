import { call, width, type CodeStyle } from './code.ts';
import type { Draft } from './draft.ts';
import type { App } from './hosts.ts';
import { isJavaScript } from './javascript.ts';
import { recordNamedListener } from './named-listener.ts';
import { Node, indentAt, lineStart, startWithComments } from './source.ts';
import { insertAfter, insertBefore } from './statements.ts';
import { appPlace, type Position } from './app-place.ts';

/** What the instance exports for each framework, as source: a name, with a path into it where there is one (`facade.hono`). */
export interface MountExports {
  readonly middleware: string;
  readonly fastify: string | undefined;
  readonly hono: string | undefined;
  readonly koa: string | undefined;
  readonly wrap: string | undefined;
  /** What it is, in reasons: `the façade`. */
  readonly subject: string;
}

/** One way to mount: what to import, and the code that uses it under its local name. */
export interface Mount {
  readonly exported: string;
  readonly subject: string;
  /** It wraps the server's listener, instead of standing in a line of its own. */
  readonly wraps: 'listener' | 'call' | undefined;
  /** Why it cannot be done here. */
  readonly refused?: string;
  lines(facade: string): readonly string[];
}

export function mountOf(style: CodeStyle, app: App | undefined, names: MountExports): Mount {
  const { tab, end } = style;
  const on = app?.name ?? 'app';
  const use = (exported: string, refused?: string): Mount => ({
    exported,
    subject: names.subject,
    wraps: undefined,
    ...(refused === undefined ? {} : { refused }),
    lines: (facade) => [`${on}.use(${facade})${end}`],
  });
  const hook = (server: string, refused?: string): Mount => ({
    ...use(names.middleware, refused),
    lines: (facade) => [
      `${server}.addHook(${style.quote('onRequest')}, (request, reply, done) => {`,
      `${tab}${facade}(request.raw, reply.raw, done)${end}`,
      `})${end}`,
    ],
  });
  const around = (listener: string, refused?: string): Mount => ({
    ...use(names.wrap ?? names.middleware, refused),
    wraps: names.wrap === undefined ? 'listener' : 'call',
    lines: (facade) => [
      names.wrap === undefined
        ? `createServer((request, response) => ${facade}(request, response, () => ${listener}(request, response)))${end}`
        : `createServer(${facade}(${listener}))${end}`,
    ],
  });
  switch (app?.framework) {
    case 'fastify':
      if (names.fastify === undefined) return hook(on);
      return { ...use(names.fastify), lines: (plugin) => [`${registers(app)}(${plugin})${end}`] };
    case 'nest':
      return nestMount(style, app, use(names.middleware), hook);
    case 'hono': {
      const chained = Node.isPropertyAccessExpression(app.creation.getParent());
      const refused = chained
        ? 'the routes are chained to `new Hono()`, which leaves no place above them'
        : `${names.subject} has no Hono middleware`;
      return names.hono === undefined || chained
        ? use(names.hono ?? names.middleware, refused)
        : use(names.hono);
    }
    case 'node-http':
      return around('listener');
    case 'koa':
      if (names.koa !== undefined) return use(names.koa);
      return { ...use(names.middleware), lines: (facade) => koaBridge(style, app, facade) };
    case 'express':
    case undefined:
      return use(names.middleware);
  }
}

/** `app.register`, awaited where the file awaits what it registers. */
function registers({ name, container }: App): string {
  const statements = container.getStatements().map((statement) => statement.getText());
  const isAwaited = statements.some((text) => text.startsWith(`await ${name}.register(`));
  return `${isAwaited ? 'await ' : ''}${name}.register`;
}

/**
 * Koa's own kind of middleware around one of node:http. Koa writes no answer of its own while the other may be writing one, and goes on when
 * that is through with the response, whether it called `next` or not.
 */
function koaBridge(style: CodeStyle, { name, creation }: App, middleware: string): string[] {
  const { tab, end } = style;
  const type = isJavaScript(creation.getSourceFile().getFilePath()) ? '' : '<void>';
  const resolve = `(resolve, reject)`;
  return [
    `${name}.use((ctx, next) => {`,
    `${tab}ctx.respond = false${end}`,
    `${tab}ctx.res.statusCode = 200${end}`,
    `${tab}return new Promise${type}(${resolve} => {`,
    `${tab}${tab}ctx.res.once(${style.quote('close')}, resolve)${end}`,
    `${tab}${tab}${middleware}(ctx.req, ctx.res, ${style.arrowParameter('error')} => {`,
    `${tab}${tab}${tab}ctx.respond = true${end}`,
    `${tab}${tab}${tab}ctx.res.statusCode = 404${end}`,
    `${tab}${tab}${tab}if (error) reject(error)${end}`,
    `${tab}${tab}${tab}else next().then(resolve, reject)${end}`,
    `${tab}${tab}})${end}`,
    `${tab}})${end}`,
    `})${end}`,
  ];
}

function nestMount(
  style: CodeStyle,
  { name, creation }: App,
  onExpress: Mount,
  hook: (server: string, refused?: string) => Mount,
): Mount {
  const made = creation.getText();
  if (!/\b(?:NestFastifyApplication|FastifyAdapter)\b/.test(made)) return onExpress;
  const isTyped = /\bNestFastifyApplication\b/.test(made);
  const refused =
    'the application is not typed as `NestFastifyApplication`, so its Fastify instance is not known';
  const { tab, end } = style;
  return {
    ...hook('', isTyped ? undefined : refused),
    lines: (facade) => [
      // As Prettier has it: a name shorter than the indent keeps the first call beside it.
      ...(name.length <= width(tab)
        ? [`${name}.getHttpAdapter()`]
        : [name, `${tab}.getHttpAdapter()`]),
      `${tab}.getInstance()`,
      `${tab}.addHook(${style.quote('onRequest')}, (request, reply, done) => {`,
      `${tab}${tab}${facade}(request.raw, reply.raw, done)${end}`,
      `${tab}})${end}`,
    ],
  };
}

/** Records the mounting; a reason when there is no place for it. `why` is the comment for a place above body parsers. */
export function recordMount(
  draft: Draft,
  app: App,
  mount: Mount,
  local: string,
  { position, why }: { readonly position: Position; readonly why?: string },
): string | undefined {
  if (mount.refused !== undefined) return mount.refused;
  if (mount.wraps) return recordWrapped(draft, app, mount, local);
  if (app.name === '') return 'the application has no name';
  const place = appPlace(app, position);
  if (typeof place === 'string') return place;
  const lines = [...(place.isParser && why !== undefined ? [why] : []), ...mount.lines(local)];
  const { before, after } = place;
  // Nest adds its routes and parsers when it begins to listen: beside the other global middleware is early enough.
  if (before && app.framework !== 'nest') {
    // A comment that stands above the next statement stays with it.
    const gap = startWithComments(draft.source, before) < before.getStart() ? [''] : [];
    insertBefore(draft, before, ...lines, ...gap);
  } else insertAfter(draft, after, ...lines);
  return undefined;
}

/** `createServer(app)` becomes `createServer(facade(app))`, or a listener that asks it first; a listener without a name is given one. */
function recordWrapped(
  draft: Draft,
  app: App,
  { wraps, subject }: Mount,
  facade: string,
): string | undefined {
  const { source, recorder, style } = draft;
  const { creation } = app;
  const args = Node.isCallExpression(creation) ? creation.getArguments() : [];
  const listener = args.at(-1);
  if (!listener || Node.isObjectLiteralExpression(listener)) {
    return "the server is made without a listener; wrap the one that is given to `server.on('request', …)`";
  }
  const parameters = '(request, response)';
  const bodyWith = (name: string) =>
    `${facade}(request, response, () => ${name}(request, response))`;
  const use = (name: string) =>
    wraps === 'call' ? `${facade}(${name})` : `${parameters} => ${bodyWith(name)}`;
  if (recordNamedListener(draft, app, listener, use)) return undefined;
  const [start, end] = [listener.getStart(), listener.getEnd()];
  if (wraps === 'call') {
    recorder.insert(start, `${facade}(`);
    recorder.insert(end, ')');
    return undefined;
  }
  if (!Node.isIdentifier(listener) && !Node.isPropertyAccessExpression(listener)) {
    return `the listener has no name by which ${subject} could call it`;
  }
  const body = bodyWith(listener.getText());
  if (args.length > 1) {
    recorder.replace(start, end, `${parameters} => ${body}`);
    return undefined;
  }
  // The call's own brackets are written anew, as the line may have to be broken within them.
  const indent = indentAt(source, start);
  const head = source.text.slice(lineStart(source, start) + indent.length, start - 1);
  const tail = /^[^\r\n]*/.exec(source.text.slice(end + 1))?.[0] ?? '';
  const wrapped = call(style, indent, head, { parameters, body }, tail);
  const inner = wrapped.slice(indent.length + head.length + 1, wrapped.length - tail.length - 1);
  recorder.replace(start, end, inner);
  return undefined;
}
