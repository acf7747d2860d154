import { call, width, type CodeStyle } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import type { App } from '../../hosts.ts';
import { Node, indentAt, lineStart, startWithComments } from '../../source.ts';
import { insertAfter, insertBefore } from '../../statements.ts';
import { mountPlace } from './place.ts';

/** What the instance exports: names, with a path into them where there is one (`facade.hono`). */
export interface FacadeExports {
  readonly middleware: string;
  readonly fastify: string | undefined;
  readonly hono: string | undefined;
  readonly wrap: string | undefined;
}

/** One way to mount: what to import, and the code that uses it under its local name. */
export interface Mount {
  readonly exported: string;
  /** The façade wraps the server's listener, instead of standing in a line of its own. */
  readonly wraps: 'listener' | 'call' | undefined;
  /** Why it cannot be done here. */
  readonly refused?: string;
  lines(facade: string): readonly string[];
}

export function mountOf(style: CodeStyle, app: App | undefined, names: FacadeExports): Mount {
  const { tab, end } = style;
  const on = app?.name ?? 'app';
  const use = (exported: string, refused?: string): Mount => ({
    exported,
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
      return { ...use(names.fastify), lines: (facade) => [`${on}.register(${facade})${end}`] };
    case 'nest':
      return nestMount(style, app, use(names.middleware), hook);
    case 'hono': {
      const chained = Node.isPropertyAccessExpression(app.creation.getParent());
      const refused = chained
        ? 'the routes are chained to `new Hono()`, which leaves no place above them'
        : 'the façade has no Hono middleware';
      return names.hono === undefined || chained
        ? use(names.hono ?? names.middleware, refused)
        : use(names.hono);
    }
    case 'node-http':
      return around('listener');
    case 'koa':
      return around(
        `${on}.callback()`,
        'Koa has its own kind of middleware; put the façade around `app.callback()`',
      );
    case 'express':
    case undefined:
      return use(names.middleware);
  }
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

/** Records the mounting; a reason when there is no place for it. */
export function recordMount(
  draft: Draft,
  app: App,
  mount: Mount,
  facade: string,
): string | undefined {
  if (mount.refused !== undefined) return mount.refused;
  if (mount.wraps) return recordWrapped(draft, app, mount.wraps, facade);
  if (app.name === '') return 'the application has no name';
  const place = mountPlace(app);
  if (!place) return 'the plugin is empty';
  const why = '// Above the body parsers: what is proxied must still have its body.';
  const lines = [...(place.isParser ? [why] : []), ...mount.lines(facade)];
  const { before, after } = place;
  // Nest adds its routes and parsers when it begins to listen: beside the other global middleware is early enough.
  if (before && app.framework !== 'nest') {
    // A comment that stands above the next statement stays with it.
    const gap = startWithComments(draft.source, before) < before.getStart() ? [''] : [];
    insertBefore(draft, before, ...lines, ...gap);
  } else insertAfter(draft, after, ...lines);
  return undefined;
}

/** `createServer(app)` becomes `createServer(facade(app))`, or a listener that asks the façade first. */
function recordWrapped(
  { source, recorder, style }: Draft,
  { creation }: App,
  wraps: 'listener' | 'call',
  facade: string,
): string | undefined {
  const args = Node.isCallExpression(creation) ? creation.getArguments() : [];
  const listener = args.at(-1);
  if (!listener || Node.isObjectLiteralExpression(listener)) {
    return "the server is made without a listener; wrap the one that is given to `server.on('request', …)`";
  }
  const [start, end] = [listener.getStart(), listener.getEnd()];
  if (wraps === 'call') {
    recorder.insert(start, `${facade}(`);
    recorder.insert(end, ')');
    return undefined;
  }
  if (!Node.isIdentifier(listener) && !Node.isPropertyAccessExpression(listener)) {
    return 'the listener has no name by which the façade could call it';
  }
  const parameters = '(request, response)';
  const body = `${facade}(request, response, () => ${listener.getText()}(request, response))`;
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
