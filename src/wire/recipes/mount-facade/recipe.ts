/**
 * Mounts a façade in an HTTP application: above the body parsers and the routes that it takes over, below security headers, CORS and logs.
 *
 * Params (pattern.json), each a name that the instance exports, optionally with a path into it (`facade.hono`):
 * - `middleware`: `(request, response, next) => void` of node:http; Express, Nest and (through a hook) Fastify. Default `{{camel}}Facade`.
 * - `fastify`: a Fastify plugin, registered instead of the hook.
 * - `hono`: a Hono middleware. Without it Hono is wired by hand.
 * - `wrap`: takes a request listener and returns one, for plain `node:http`. Without it only a named listener can be wrapped.
 *
 * Facts: `framework` (`express`, `fastify`, `nest`, `hono`, `node-http`), `app` (how the file calls the application).
 */
import { call, codeStyle, type CodeStyle } from '../../code.ts';
import { appsIn, type App } from '../../hosts.ts';
import { addImport, importStatement, localName } from '../../imports.ts';
import { manual, wired, type ByHand } from '../../outcome.ts';
import { EditRecorder } from '../../recorder.ts';
import {
  Node,
  indentAt,
  lineOf,
  lineStart,
  parse,
  startWithComments,
  syntaxProblems,
  type Source,
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
import { mountPlace } from './place.ts';

export const mountFacade: Recipe = { id: 'mount-facade', candidates, inspect, wire };

function candidates(file: SourceText): readonly Candidate[] {
  const source = parse(file);
  return mountable(source).map((app) => candidate(source, app));
}

function candidate(source: Source, app: App): Candidate {
  const start = app.creation.getStart();
  return {
    symbol: app.name,
    line: lineOf(source, start) - 1,
    start,
    end: start + (app.creation.getText().split(/[(\n]/)[0]?.length ?? 0),
    reason: `${TITLES[app.framework]} application`,
  };
}

const TITLES: Readonly<Record<App['framework'], string>> = {
  express: 'Express',
  fastify: 'Fastify',
  nest: 'Nest',
  hono: 'Hono',
  koa: 'Koa',
  'node-http': 'node:http',
};

/** A server that only runs another application of the file is not one of its own. */
function mountable(source: Source): readonly App[] {
  const apps = appsIn(source);
  return apps.filter(({ framework, creation }) => {
    if (framework !== 'node-http' || !Node.isCallExpression(creation)) return true;
    const args = creation.getArguments().map((argument) => argument.getText());
    return !apps.some((app) => app.framework !== 'node-http' && args.includes(app.name));
  });
}

type Found =
  | { readonly ok: true; readonly source: Source; readonly app: App }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

function find({ file, symbol }: Target): Found {
  const source = parse(file);
  const [problem] = syntaxProblems(source);
  const all = problem ? [] : mountable(source);
  const line = /^L(\d+)$/.exec(symbol ?? '')?.[1];
  const fitting = all.filter(
    (app) =>
      symbol === undefined ||
      app.name === symbol ||
      lineOf(source, app.creation.getStart()) === Number(line),
  );
  const [app, ...more] = fitting;
  if (app && more.length === 0) return { ok: true, source, app };
  const reason = problem
    ? `${file.path} has a syntax error in line ${problem.line}: ${problem.message}`
    : app
      ? `${file.path} makes more than one application; name one`
      : symbol !== undefined && all.length > 0
        ? `${file.path} has no application ${symbol}`
        : `${file.path} makes no Express, Fastify, Hono or Nest application and no HTTP server`;
  return { ok: false, reason, candidates: all.map((one) => candidate(source, one)) };
}

function inspect(target: Target): Inspection {
  const found = find(target);
  if (!found.ok) return found;
  const { framework, name } = found.app;
  return {
    ok: true,
    symbol: name || TITLES[framework],
    suggestedName: 'app',
    facts: { framework, app: name },
    imports: [],
  };
}

/** One way to mount: the export to import, and the code that uses it under its local name. */
interface Mount {
  /** Name that the instance exports, with a path into it. */
  readonly exported: string;
  lines(facade: string): readonly string[];
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file } = target;
  const { instance, params, profile } = context;
  const source = parse(file);
  const style = codeStyle(source, profile);
  const from = context.specifier(file.path, instance.path);
  const named = (param: string) =>
    params[param] === undefined ? undefined : String(params[param]);
  const middleware = named('middleware') ?? `${instance.camel}Facade`;
  const found = find(target);
  const app = found.ok ? found.app : undefined;
  const mount = mountOf(style, app, { middleware, fastify: named('fastify'), hono: named('hono') });
  const exported = app?.framework === 'node-http' ? (named('wrap') ?? middleware) : mount.exported;
  const [root = exported, ...path] = exported.split('.');
  const used = (local: string) => [local, ...path].join('.');
  const byHand = (line: number): ByHand => ({
    line,
    snippet: [importStatement({ name: root, from }, style), ...mount.lines(exported)].join('\n'),
  });
  if (!found.ok) return manual(file, found.reason, byHand(1));
  const line = lineOf(source, found.app.creation.getStart());
  const known = localName(source, { name: root, from });
  if (known !== undefined && isUsed(source, known)) return { status: 'already', file: file.path };

  const recorder = new EditRecorder(file, style.eol);
  const facade = used(addImport(source, recorder, style, { name: root, from }));
  const reason =
    found.app.framework === 'node-http'
      ? recordWrapped(source, recorder, style, found.app, facade, named('wrap') !== undefined)
      : recordMounted(source, recorder, found.app, mount, facade, named('hono') !== undefined);
  if (reason !== undefined) return manual(file, reason, byHand(line));
  const summary = `${instance.camel} answers in front of ${found.app.name || TITLES[found.app.framework]}`;
  return wired(file, recorder, summary, byHand(line));
}

/** Used besides being imported. */
function isUsed(source: Source, local: string): boolean {
  const root = local.split('.')[0] ?? local;
  return (
    source.root.forEachDescendant((node) => {
      const outside = !node.getFirstAncestor(Node.isImportDeclaration);
      return (Node.isIdentifier(node) && node.getText() === root && outside) || undefined;
    }) ?? false
  );
}

function mountOf(
  style: CodeStyle,
  app: App | undefined,
  names: {
    readonly middleware: string;
    readonly fastify: string | undefined;
    readonly hono: string | undefined;
  },
): Mount {
  const { tab, end } = style;
  const on = app?.name ?? 'app';
  const before = (handler: string): Mount => ({
    exported: names.middleware,
    lines: (facade) => [
      `createServer((request, response) => ${facade}(request, response, () => ${handler}(request, response)))${end}`,
    ],
  });
  const use = (exported: string): Mount => ({
    exported,
    lines: (facade) => [`${on}.use(${facade})${end}`],
  });
  const hook = (server: string): Mount => ({
    exported: names.middleware,
    lines: (facade) => [
      `${server}.addHook(${style.quote('onRequest')}, (request, reply, done) => {`,
      `${tab}${facade}(request.raw, reply.raw, done)${end}`,
      `})${end}`,
    ],
  });
  switch (app?.framework) {
    case 'fastify': {
      const plugin = names.fastify;
      if (plugin === undefined) return hook(on);
      return { exported: plugin, lines: (facade) => [`${on}.register(${facade})${end}`] };
    }
    case 'nest':
      return isNestOnFastify(app)
        ? hook(`${on}.getHttpAdapter().getInstance()`)
        : use(names.middleware);
    case 'hono':
      return use(names.hono ?? names.middleware);
    case 'node-http':
      return before('listener');
    case 'koa':
      return before(`${on}.callback()`);
    case 'express':
    case undefined:
      return use(names.middleware);
  }
}

const isNestOnFastify = ({ creation }: App): boolean =>
  /\b(?:NestFastifyApplication|FastifyAdapter)\b/.test(creation.getText());

/** Records the mounting among the set-up's statements; a reason when there is no place for it. */
function recordMounted(
  source: Source,
  recorder: EditRecorder,
  app: App,
  mount: Mount,
  facade: string,
  hasHono: boolean,
): string | undefined {
  const { framework, name, creation, statement } = app;
  if (framework === 'koa')
    return 'Koa has its own kind of middleware; mount the façade in front of `app.callback()`';
  if (framework === 'hono' && !hasHono) return 'the façade has no Hono middleware';
  if (name === '') return 'the application has no name';
  if (framework === 'hono' && statement && isChained(creation)) {
    return 'the routes are chained to `new Hono()`, which leaves no place above them';
  }
  if (
    framework === 'nest' &&
    isNestOnFastify(app) &&
    !/NestFastifyApplication/.test(creation.getText())
  ) {
    return 'the application is not typed as `NestFastifyApplication`, so its Fastify instance is not known';
  }
  const place = mountPlace(app);
  if (!place) return 'the plugin is empty';
  const lines = mount.lines(facade);
  const why = place.isParser
    ? ['// Above the body parsers: what is proxied must still have its body.']
    : [];
  const { before, after } = place;
  // Nest adds its routes and parsers when it begins to listen, so the place beside the other global middleware is early enough.
  if (before && framework !== 'nest') {
    // A comment below is about the statement below.
    const gap = startWithComments(source, before) < before.getStart() ? [''] : [];
    insertBefore(source, recorder, before, ...why, ...lines, ...gap);
  } else insertAfter(source, recorder, after, ...why, ...lines);
  return undefined;
}

const isChained = (creation: Node): boolean =>
  Node.isPropertyAccessExpression(creation.getParent());

/** `createServer(app)` becomes `createServer(facade(app))`. */
function recordWrapped(
  source: Source,
  recorder: EditRecorder,
  style: CodeStyle,
  { creation }: App,
  facade: string,
  hasWrap: boolean,
): string | undefined {
  const listener = Node.isCallExpression(creation) ? creation.getArguments().at(-1) : undefined;
  if (!listener || Node.isObjectLiteralExpression(listener)) {
    return "the server is made without a listener; wrap the one that is given to `server.on('request', …)`";
  }
  if (hasWrap) {
    recorder.insert(listener.getStart(), `${facade}(`);
    recorder.insert(listener.getEnd(), ')');
    return undefined;
  }
  if (!Node.isIdentifier(listener) && !Node.isPropertyAccessExpression(listener)) {
    return 'the listener has no name by which the façade could call it';
  }
  const name = listener.getText();
  const indent = indentAt(source, listener.getStart());
  const before = source.text.slice(lineStart(source, listener.getStart()), listener.getStart() - 1);
  const rest = source.text.slice(listener.getEnd() + 1).split('\n', 1)[0] ?? '';
  const wrapped = call(
    style,
    indent,
    before.slice(indent.length),
    {
      parameters: '(request, response)',
      body: `${facade}(request, response, () => ${name}(request, response))`,
    },
    rest.trimEnd(),
  );
  recorder.replace(
    listener.getStart(),
    listener.getEnd(),
    wrapped.slice(before.length + 1, -rest.trimEnd().length - 1),
  );
  return undefined;
}
