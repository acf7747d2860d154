import type { App } from './hosts.ts';
import { originOf } from './origin.ts';
import { Node, SyntaxKind, type CallExpression, type Statement } from './source.ts';
import { ownNodes } from './walk.ts';

/** Where something is added among the statements that set an application up. */
export interface AppPlace {
  /** Goes above this one; undefined when nothing must come after. */
  readonly before: Statement | undefined;
  /** Goes below this one: the last that belongs above. */
  readonly after: Statement;
  /** `before` reads request bodies. */
  readonly isParser: boolean;
}

/**
 * - `first`: above everything;
 * - `before-parsers`: below what comes early (security headers, CORS, logs), above the first body parser or route;
 * - `before-routes`: below body parsers as well, above the first route;
 * - `last`: below the routes, above error handlers.
 */
export type Position = 'first' | 'before-parsers' | 'before-routes' | 'last';

/** What a statement of the set-up does. */
type Role =
  /** Security headers, CORS, request logs, compression, sessions. */
  | 'early'
  /** Reads the body. */
  | 'parser'
  /** Answers requests. */
  | 'answers'
  /** Is used for all requests; whether it answers them cannot be seen. */
  | 'mounted'
  /** Handles errors. */
  | 'errors'
  /** Begins to listen, or to be told of events. */
  | 'listens'
  | 'other';

const EARLY =
  /^(?:helmet|cors|compression|morgan|pino-http|express-pino-logger|express-rate-limit|response-time|connect-timeout|cookie-parser|express-session|cookie-session|express-winston|express-request-id|nocache|hono\/.+|@fastify\/(?:helmet|cors|compress|rate-limit|cookie|session)|@koa\/cors|koa-(?:helmet|cors|logger|morgan|compress|session|response-time|conditional-get|etag|ratelimit))$/;
const PARSER =
  /^(?:body-parser|multer|express-fileupload|raw-body|@fastify\/multipart|koa-body|koa-bodyparser|@koa\/(?:bodyparser|multer))$/;
const PARSER_NAME = /^(?:json|urlencoded|raw|text|useBodyParser)$/;
/** What a middleware of the project's own is called that does not answer; any other may be one of the routes to take over. */
const EARLY_NAME =
  /middleware|request-?id|correlation|auth|session|log|trac|metric|security|cors|limit|context|locale|tenant/i;
const ANSWERING = /^(?:get|post|put|patch|delete|del|all|options|head|route|mount|register)$/;
const LISTENING = /^(?:listen|init|on)$/;
const ERROR_NAME = /error/i;
const GLOBAL_SETTING = /^(?:enableCors)$/;

/** The place for a position; a reason when it cannot be told. */
export function appPlace(app: App, position: Position): AppPlace | string {
  const { container, statement: creation } = app;
  const statements = container.getStatements();
  const following = statements.slice(creation ? statements.indexOf(creation) + 1 : 0);
  const after = creation ?? statements[0];
  if (!after) return 'the plugin is empty';
  if (position === 'last') return lastPlace(app, following);
  if (position === 'first') return { before: following[0], after, isParser: false };
  return placeAbove(app, following, after, position === 'before-parsers');
}

/** Below what comes early, above the first parser or route, wherever the file has them. */
function placeAbove(
  app: App,
  statements: readonly Statement[],
  start: Statement,
  aboveParsers: boolean,
): AppPlace {
  const roles = statements.map((statement) => roleOf(statement, app));
  // What stands above a body parser is not one of the routes.
  const route = roles.indexOf('answers');
  const parsed = aboveParsers
    ? -1
    : roles.slice(0, route < 0 ? undefined : route).lastIndexOf('parser');
  let after = statements[parsed] ?? start;
  for (let at = parsed + 1; at < statements.length; at++) {
    const [statement, role] = [statements[at], roles[at]];
    if (!statement) break;
    if (role === 'early') after = statement;
    else if (role !== 'other') return { before: statement, after, isParser: role === 'parser' };
  }
  return { before: undefined, after, isParser: false };
}

/** Below the last route; what handles errors stays below. */
function lastPlace(app: App, statements: readonly Statement[]): AppPlace | string {
  const roles = statements.map((statement) => roleOf(statement, app));
  const last = roles.findLastIndex((role) => role === 'answers' || role === 'mounted');
  const after = statements[last];
  if (!after) return 'no routes are to be seen, below which it would have to stand';
  const elsewhere = routesElsewhere(app);
  if (elsewhere) {
    return `routes are added in line ${elsewhere.getStartLineNumber()} as well, which may run later`;
  }
  const next = roles.findIndex(
    (role, at) => at > last && (role === 'errors' || role === 'listens'),
  );
  return { before: next === -1 ? undefined : statements[next], after, isParser: false };
}

/** A call that adds a route from within another function. */
const routesElsewhere = (app: App): CallExpression | undefined =>
  app.creation
    .getSourceFile()
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((call) => {
      const statement = call.getAncestors().find((node) => node.getParent() === app.container);
      const isOwn = Node.isStatement(statement) && callsOn(statement, app.name).includes(call);
      return !isOwn && receiver(call) === app.name && roleOfCall(call, app) === 'answers';
    });

function roleOf(statement: Statement, app: App): Role {
  const roles = callsOn(statement, app.name).map((call) => roleOfCall(call, app));
  return (
    roles.find((role) => role !== 'early' && role !== 'other') ??
    roles.find((role) => role === 'early') ??
    'other'
  );
}

/** Calls on the application, or with it as an argument; what stands in functions of the statement itself runs later and does not count. */
function callsOn(statement: Statement, app: string): readonly CallExpression[] {
  if (Node.isFunctionDeclaration(statement)) return [];
  return ownNodes(statement)
    .filter(Node.isCallExpression)
    .filter((call) => isAbout(call, app));
}

const isAbout = (call: CallExpression, app: string): boolean =>
  receiver(call) === app || call.getArguments().some((argument) => argument.getText() === app);

function receiver(call: CallExpression): string | undefined {
  const callee = call.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const object = callee.getExpression();
  // `app.use(a).use(b)`
  return Node.isCallExpression(object) ? receiver(object) : object.getText();
}

function roleOfCall(call: CallExpression, app: App): Role {
  const callee = call.getExpression();
  const args = call.getArguments();
  if (receiver(call) !== app.name) {
    const name = callee.getText();
    // `setUpMiddleware(app)`: what it does stands elsewhere, its name has to do.
    if (ERROR_NAME.test(name)) return 'errors';
    if (EARLY_NAME.test(name)) return 'early';
    return Node.isNewExpression(call) || /^(?:http|https)\b|createServer/.test(name)
      ? 'other'
      : 'answers';
  }
  const method = Node.isPropertyAccessExpression(callee) ? callee.getName() : '';
  if (method === 'use' || method === 'register') return roleOfMounted(args, app);
  if (PARSER_NAME.test(method)) return 'parser';
  if (GLOBAL_SETTING.test(method)) return 'early';
  // `app.get('env')` reads a setting.
  if (method === 'get' && args.length === 1) return 'other';
  if (LISTENING.test(method)) return 'listens';
  return ANSWERING.test(method) ? 'answers' : 'other';
}

function isKnownEarly(mounted: Node): boolean {
  const made = Node.isCallExpression(mounted) ? mounted.getExpression() : mounted;
  const origin = originOf(made);
  return origin !== undefined && EARLY.test(origin.module);
}

function roleOfMounted(args: readonly Node[], { framework }: App): Role {
  const [first, second] = args;
  const isPath = Node.isStringLiteral(first) || Node.isNoSubstitutionTemplateLiteral(first);
  const everywhere = isPath && /^(?:\*|\/\*?)$/.test(first.getLiteralText());
  // CORS below a path is CORS; anything else there may be what answers it.
  if (isPath && !everywhere) {
    return second && args.slice(1).every(isKnownEarly) ? 'early' : 'answers';
  }
  const mounted = isPath ? second : first;
  if (!mounted) return 'other';
  if (Node.isArrowFunction(mounted) || Node.isFunctionExpression(mounted)) {
    const count = mounted.getParameters().length;
    // Express knows an error handler by its four parameters; what takes no `next` can only answer.
    if (count === 4) return 'errors';
    const hasNext = count >= (framework === 'koa' || framework === 'hono' ? 2 : 3);
    return hasNext || framework === 'fastify' ? 'early' : 'answers';
  }
  const made = Node.isCallExpression(mounted) ? mounted.getExpression() : mounted;
  const origin = originOf(made);
  if (ERROR_NAME.test(made.getText())) return 'errors';
  if (!origin) return 'mounted';
  const isParser =
    PARSER.test(origin.module) || (origin.module === 'express' && PARSER_NAME.test(origin.name));
  if (isParser) return 'parser';
  if (EARLY.test(origin.module)) return 'early';
  const isLocal = /^[.#@~]/.test(origin.module) && !origin.module.startsWith('@fastify');
  return isLocal && EARLY_NAME.test(`${made.getText()} ${origin.module}`) ? 'early' : 'mounted';
}
