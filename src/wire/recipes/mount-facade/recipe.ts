/**
 * Mounts a façade in an HTTP application: above the body parsers and the routes that it takes over, below security headers, CORS and logs.
 *
 * Params (pattern.json), each a name that the instance exports, optionally with a path into it (`facade.hono`):
 * - `middleware`: `(request, response, next: (error?: Error) => void) => void` of node:http; Express, Nest and (through a hook) Fastify. Default `{{camel}}Facade`.
 * - `fastify`: a Fastify plugin, registered instead of the hook.
 * - `hono`: a Hono middleware. Without it Hono is wired by hand.
 * - `koa`: a Koa middleware. Without it `middleware` is wrapped in one, in the file.
 * - `wrap`: takes a request listener and returns one, for plain `node:http`. Without it a listener that stands within a chain of calls, and so cannot be given a name, is wired by hand.
 *
 * Facts: `framework` (`express`, `fastify`, `nest`, `hono`, `koa`, `node-http`), `app` (how the file calls the application).
 */
import { draftOf } from '../../draft.ts';
import { TITLES, appCandidate, findApp, mountable } from '../../app-target.ts';
import { isUsed } from '../../exported.ts';
import { addImport, importStatement, localName } from '../../imports.ts';
import { mountOf, recordMount, type MountExports } from '../../mount.ts';
import { manual, wired, type ByHand } from '../../outcome.ts';
import { lineOf, parse } from '../../source.ts';
import type {
  Candidate,
  Inspection,
  Recipe,
  SourceText,
  Target,
  WireContext,
  WiringOutcome,
} from '../../types.ts';

export const mountFacade: Recipe = { id: 'mount-facade', candidates, inspect, wire };

function candidates(file: SourceText): readonly Candidate[] {
  const source = parse(file);
  return mountable(source).map((app) => appCandidate(source, app));
}

function inspect(target: Target): Inspection {
  const found = findApp(target);
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
  const found = findApp(target);
  const app = found.ok ? found.app : undefined;
  const mount = mountOf(draft.style, app, exportsOf(params, instance.camel));
  const [root = mount.exported, ...path] = mount.exported.split('.');
  const byHand: ByHand = {
    line: app ? lineOf(source, app.creation.getStart()) : 1,
    snippet: [
      importStatement(source, draft.style, { name: root, from }),
      ...mount.lines(mount.exported),
    ].join('\n'),
  };
  const known = localName(source, { name: root, from });
  if (known !== undefined && isUsed(source, known)) return { status: 'already', file: file.path };
  if (!found.ok) return manual(file, found.reason, byHand);

  const facade = [addImport(draft, { name: root, from }), ...path].join('.');
  const reason = recordMount(draft, found.app, mount, facade, {
    position: 'before-parsers',
    why: '// Above the body parsers: what is proxied must still have its body.',
  });
  if (reason !== undefined) return manual(file, reason, byHand);
  const summary = `${instance.camel} answers in front of ${found.app.name || TITLES[found.app.framework]}`;
  return wired(file, draft.recorder, summary, byHand);
}

function exportsOf(params: WireContext['params'], camel: string): MountExports {
  const named = (param: string) =>
    params[param] === undefined ? undefined : String(params[param]);
  return {
    middleware: named('middleware') ?? `${camel}Facade`,
    fastify: named('fastify'),
    hono: named('hono'),
    koa: named('koa'),
    wrap: named('wrap'),
    subject: 'the façade',
  };
}
