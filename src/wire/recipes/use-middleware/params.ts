import type { Position } from '../../app-place.ts';
import { expressionOf, type Exported } from '../../exported.ts';

/** What is added to a Nest module. */
export interface NestParams {
  /** An element of `imports`. */
  readonly module: Exported | undefined;
  /** An element of `providers`. */
  readonly provider: Exported | undefined;
  /** What `configure` applies to all routes. */
  readonly middleware: Exported | undefined;
}

/** The params of pattern.json, checked. */
export interface Params {
  readonly position: Exclude<Position, 'before-parsers'>;
  /** By framework, as source. */
  readonly apps: {
    readonly middleware: string | undefined;
    readonly fastify: string | undefined;
    readonly hono: string | undefined;
    readonly koa: string | undefined;
    readonly wrap: string | undefined;
  };
  readonly nest: NestParams;
}

const APPS = ['middleware', 'fastify', 'hono', 'koa', 'wrap'] as const;
const NEST = ['nestModule', 'nestProvider', 'nestMiddleware'] as const;

/** The params, or what is wrong with them. */
export function paramsOf(params: Readonly<Record<string, unknown>>): Params | string {
  const position = params['position'] ?? 'before-routes';
  if (position !== 'first' && position !== 'before-routes' && position !== 'last') {
    return 'the recipe\'s param "position" is neither "first", "before-routes" nor "last"';
  }
  const texts = new Map<string, string>();
  for (const name of [...APPS, ...NEST]) {
    const text = params[name];
    if (text === undefined) continue;
    if (typeof text !== 'string' || !expressionOf(text)) {
      return `the recipe's param "${name}" does not begin with a name that the instance exports`;
    }
    texts.set(name, text);
  }
  if (texts.size === 0) return "the recipe's params do not name anything to add";
  const [middleware, fastify, hono, koa, wrap] = APPS.map((name) => texts.get(name));
  const [module, provider, forRoutes] = NEST.map((name) => expressionOf(texts.get(name) ?? ''));
  return {
    position,
    apps: { middleware, fastify, hono, koa, wrap },
    nest: { module, provider, middleware: forRoutes },
  };
}
