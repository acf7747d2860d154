/**
 * Mounts a façade in an HTTP application: above the body parsers and the routes that it takes over, below security headers, CORS and logs.
 *
 * Params (pattern.json), each a name that the instance exports, optionally with a path into it (`facade.hono`):
 * - `middleware`: `(request, response, next: (error?: Error) => void) => void` of node:http; Express, Nest and (through a hook) Fastify. Default `{{camel}}Facade`.
 * - `fastify`: a Fastify plugin, registered instead of the hook.
 * - `hono`: a Hono middleware. Without it Hono is wired by hand.
 * - `wrap`: takes a request listener and returns one, for plain `node:http`. Without it only a named listener can be wrapped.
 *
 * Facts: `framework` (`express`, `fastify`, `nest`, `hono`, `node-http`), `app` (how the file calls the application).
 */
import { draftOf } from '../../draft.ts';
import { appsIn, type App } from '../../hosts.ts';
import { addImport, importStatement, localName } from '../../imports.ts';
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
import { mountOf, recordMount, type FacadeExports } from './edits.ts';
import { nodesIn } from '../../walk.ts';

export const mountFacade: Recipe = { id: 'mount-facade', candidates, inspect, wire };

function candidates(file: SourceText): readonly Candidate[] {
  const source = parse(file);
  return mountable(source).map((app) => candidate(source, app));
}

function candidate(source: Source, app: App): Candidate {
  const start = app.creation.getStart();
  return {
    symbol: app.name || `L${lineOf(source, start)}`,
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
    suggestedName: '',
    facts: { framework, app: name },
    imports: [],
  };
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file } = target;
  const { instance, params, profile } = context;
  const source = parse(file);
  const draft = draftOf(source, profile);
  const from = context.specifier(file.path, instance.path);
  const found = find(target);
  const app = found.ok ? found.app : undefined;
  const mount = mountOf(draft.style, app, exportsOf(params, instance.camel));
  const [root = mount.exported, ...path] = mount.exported.split('.');
  const byHand: ByHand = {
    line: app ? lineOf(source, app.creation.getStart()) : 1,
    snippet: [
      importStatement({ name: root, from }, draft.style),
      ...mount.lines(mount.exported),
    ].join('\n'),
  };
  const known = localName(source, { name: root, from });
  if (known !== undefined && isUsed(source, known)) return { status: 'already', file: file.path };
  if (!found.ok) return manual(file, found.reason, byHand);

  const facade = [addImport(draft, { name: root, from }), ...path].join('.');
  const reason = recordMount(draft, found.app, mount, facade);
  if (reason !== undefined) return manual(file, reason, byHand);
  const summary = `${instance.camel} answers in front of ${found.app.name || TITLES[found.app.framework]}`;
  return wired(file, draft.recorder, summary, byHand);
}

function exportsOf(params: WireContext['params'], camel: string): FacadeExports {
  const named = (param: string) =>
    params[param] === undefined ? undefined : String(params[param]);
  return {
    middleware: named('middleware') ?? `${camel}Facade`,
    fastify: named('fastify'),
    hono: named('hono'),
    wrap: named('wrap'),
  };
}

/** Used besides being imported. */
function isUsed(source: Source, local: string): boolean {
  const root = local.split('.')[0] ?? local;
  return nodesIn(source.root).some(
    (node) =>
      Node.isIdentifier(node) &&
      node.getText() === root &&
      !node.getFirstAncestor(Node.isImportDeclaration),
  );
}
