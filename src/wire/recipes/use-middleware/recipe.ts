/**
 * Adds a middleware, plugin or module of the instance to an application.
 *
 * Params (pattern.json). Each but `position` is an expression that begins with a name that the instance exports (`{{camel}}Limiter.middleware`,
 * `{{pascal}}Module.forRoot()`); what the project's framework has no param for is left to be done by hand:
 * - `middleware`: `(request, response, next)` as in Express; also for Nest on Express, and, through a hook or a wrapper, for Fastify, Koa and a
 *   named listener of `node:http`;
 * - `fastify`: a plugin; `hono`, `koa`: a middleware of these; `wrap`: for `node:http`, takes a listener and returns one;
 * - `nestModule`, `nestProvider`: elements of `imports` and `providers` of the Nest module that is the target (a class, or a function of it that
 *   returns a dynamic module); `nestMiddleware`: applied to all routes by its `configure`;
 * - `position`: `first` (above everything), `before-routes` (default: below body parsers, above the first route), `last` (below the routes, above
 *   error handlers: where one that handles errors belongs).
 *
 * Facts: `framework`, `app` (how the file calls the application; the module's name).
 */
import { TITLES, appCandidate, findApp, mountable } from '../../app-target.ts';
import { type Draft, draftOf } from '../../draft.ts';
import { expressionOf, importExported, isUsed } from '../../exported.ts';
import type { App } from '../../hosts.ts';
import { addImports, importStatement, localName } from '../../imports.ts';
import { mountOf, recordMount } from '../../mount.ts';
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
import { nestModules, type NestModule } from './nest-module.ts';
import { importTypes, neededByNest, recordNest, snippetForNest } from './nest.ts';
import { paramsOf, type Params } from './params.ts';

export const useMiddleware: Recipe = { id: 'use-middleware', candidates, inspect, wire };

function candidates(
  file: SourceText,
  _profile: unknown,
  params: WireContext['params'] = {},
): readonly Candidate[] {
  const source = parse(file);
  const isForNest = Object.keys(params).some((name) => name.startsWith('nest'));
  return [
    ...mountable(source).map((app) => appCandidate(source, app)),
    ...(isForNest ? nestModules(source).map((one) => moduleCandidate(source, one)) : []),
  ];
}

function moduleCandidate(source: Source, { symbol, owner, factory }: NestModule): Candidate {
  const node = (factory ?? owner).getNameNode() ?? owner;
  const [start, end] = [node.getStart(), node.getEnd()];
  return { symbol, line: lineOf(source, start) - 1, start, end, reason: 'Nest module' };
}

type Found =
  | { readonly ok: true; readonly app: App }
  | { readonly ok: true; readonly module: NestModule }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

function find(target: Target, { nest, apps }: Params): Found {
  const { file, symbol } = target;
  const source = parse(file);
  const isForNest = Object.values(nest).some((one) => one !== undefined);
  const modules = isForNest && syntaxProblems(source).length === 0 ? nestModules(source) : [];
  // A dynamic module is meant only where it is named: its class says what all of them have.
  const [module, other] = modules.filter((one) =>
    symbol === undefined ? !one.factory : one.symbol === symbol,
  );
  if (module && other) {
    const others = modules.map((one) => moduleCandidate(source, one));
    return { ok: false, reason: `${file.path} has several modules; name one`, candidates: others };
  }
  if (module) return { ok: true, module };
  const found = findApp(target);
  if (!found.ok) {
    const others = modules.map((one) => moduleCandidate(source, one));
    return { ...found, candidates: [...others, ...found.candidates] };
  }
  if (found.app.framework === 'nest' && isForNest && apps.middleware === undefined) {
    const reason = `the module of the application stands in another file; name that, as FILE:AppModule`;
    return { ok: false, reason, candidates: [] };
  }
  return { ok: true, app: found.app };
}

function inspect(target: Target, { params }: Pick<WireContext, 'params'>): Inspection {
  const read = paramsOf(params);
  if (typeof read === 'string') return { ok: false, reason: read, candidates: [] };
  const found = find(target, read);
  if (!found.ok) return found;
  const isModule = 'module' in found;
  const framework = isModule ? 'nest' : found.app.framework;
  const app = isModule ? found.module.symbol : found.app.name;
  return {
    ok: true,
    symbol: app || TITLES[framework],
    suggestedName: '',
    facts: { framework, app },
    imports: [],
  };
}

function wire(target: Target, context: WireContext): WiringOutcome {
  const { file } = target;
  const params = paramsOf(context.params);
  if (typeof params === 'string') return manual(file, params, { line: 1, snippet: '' });
  const found = find(target, params);
  if (found.ok && 'module' in found) return wireModule(file, context, params, found.module);
  return wireApp(file, context, params, found);
}

function wireModule(
  file: SourceText,
  context: WireContext,
  params: Params,
  module: NestModule,
): WiringOutcome {
  const source = parse(file);
  const draft = draftOf(source, context.profile);
  const from = context.specifier(file.path, context.instance.path);
  const needed = neededByNest(params);
  const line = lineOf(source, (module.factory ?? module.owner).getStart());
  const byHand = nestByHand(draft, params, context, from, line);
  const isThere = needed.every(({ name }) => {
    const known = localName(source, { name, from });
    return known !== undefined && isUsed(source, known);
  });
  if (isThere) return { status: 'already', file: file.path };
  const types = importTypes(draft, module, params);
  const locals = addImports(
    draft,
    needed.map(({ name }) => ({ name, from })),
  );
  const reason = recordNest(
    draft,
    module,
    { params, types, profile: context.profile },
    ({ name, path }) => {
      const at = needed.findIndex((one) => one.name === name);
      return (locals[at] ?? name) + path;
    },
  );
  if (reason !== undefined) return manual(file, reason, byHand);
  const names = needed.map(({ name }) => name).join(' and ');
  const are = needed.length === 1 ? 'is' : 'are';
  return wired(file, draft.recorder, `${names} ${are} part of ${module.symbol}`, byHand);
}

function nestByHand(
  { source, style }: Draft,
  params: Params,
  { profile }: WireContext,
  from: string,
  line: number,
): ByHand {
  const imports = neededByNest(params).map(({ name }) =>
    importStatement(source, style, { name, from }),
  );
  return { line, snippet: [...imports, ...snippetForNest(style, params, profile)].join('\n') };
}

function wireApp(
  file: SourceText,
  context: WireContext,
  params: Params,
  found: Exclude<Found, { module: NestModule }>,
): WiringOutcome {
  const source = parse(file);
  const draft = draftOf(source, context.profile);
  const from = context.specifier(file.path, context.instance.path);
  const app = found.ok ? found.app : undefined;
  const { middleware, ...others } = params.apps;
  const fallback = middleware ?? Object.values(others).find((one) => one !== undefined) ?? '';
  const names = { ...others, middleware: fallback, subject: 'the middleware' };
  const mount = mountOf(draft.style, app, names);
  const exported = expressionOf(mount.exported);
  const byHand: ByHand = {
    line: app ? lineOf(source, app.creation.getStart()) : 1,
    snippet: [
      ...(exported ? [importStatement(source, draft.style, { name: exported.name, from })] : []),
      // Nothing of another framework's would fit here.
      ...(app && given(app, params) === undefined ? [] : mount.lines(mount.exported)),
    ].join('\n'),
  };
  const known = exported && localName(source, { name: exported.name, from });
  if (known !== undefined && isUsed(source, known)) return { status: 'already', file: file.path };
  if (!found.ok) {
    const isForNest = exported === undefined;
    const snippet = isForNest ? nestByHand(draft, params, context, from, 1) : byHand;
    return manual(file, found.reason, snippet);
  }
  const { framework, name } = found.app;
  const unfit = unfitFor(found.app, params);
  if (unfit !== undefined || !exported) return manual(file, unfit ?? 'nothing to add', byHand);

  const local = importExported(draft, exported, from);
  const { position } = params;
  const reason = recordMount(draft, found.app, mount, local, { position });
  if (reason !== undefined) return manual(file, reason, byHand);
  const summary = `${mount.exported} is part of ${name || TITLES[framework]}`;
  return wired(file, draft.recorder, summary, byHand);
}

/** What the params have for the framework. */
function given({ framework }: App, { apps }: Params): string | undefined {
  if (framework === 'hono') return apps.hono;
  const { middleware, ...others } = apps;
  const own = { ...others, 'node-http': apps.wrap } as Readonly<Record<string, string | undefined>>;
  return own[framework] ?? middleware;
}

/** Why it cannot be added here. */
function unfitFor(app: App, params: Params): string | undefined {
  const { framework } = app;
  if (given(app, params) === undefined) {
    return `the pattern has no middleware for ${TITLES[framework]}`;
  }
  return params.position === 'last' ? NOT_LAST[framework] : undefined;
}

/** Where errors are not handled by a middleware below the routes. */
const NOT_LAST: Partial<Record<App['framework'], string>> = {
  hono: 'Hono handles errors in `app.onError`, not in a middleware below the routes',
  koa: 'Koa handles errors in a middleware above the others, around `await next()`',
  nest: 'Nest adds its routes when it begins to listen; handle errors in an exception filter',
};
