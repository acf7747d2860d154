import type { App } from '../../hosts.ts';
import { originOf } from '../../origin.ts';
import { Node, type CallExpression, type Statement } from '../../source.ts';
import { ownNodes } from '../../walk.ts';

/** Where the façade is mounted among the statements that set an application up. */
export interface MountPlace {
  /** Mount above this one; undefined when nothing must come after. */
  readonly before: Statement | undefined;
  /** Mount below this one: the last that belongs above the façade. */
  readonly after: Statement;
  /** `before` reads request bodies, which a proxy must not find consumed. */
  readonly isParser: boolean;
}

/** What a statement of the set-up does, seen from a façade. */
type Role =
  /** Belongs above: security headers, CORS, request logs, compression, sessions. */
  | 'early'
  /** Reads the body. */
  | 'parser'
  /** Answers requests, handles errors, or listens. */
  | 'answers'
  | 'other';

const EARLY =
  /^(?:helmet|cors|compression|morgan|pino-http|express-pino-logger|express-rate-limit|response-time|connect-timeout|cookie-parser|express-session|cookie-session|express-winston|express-request-id|nocache|hono\/.+|@fastify\/(?:helmet|cors|compress|rate-limit|cookie|session))$/;
const PARSER = /^(?:body-parser|multer|express-fileupload|raw-body|@fastify\/multipart)$/;
const PARSER_NAME = /^(?:json|urlencoded|raw|text|useBodyParser)$/;
/** What a middleware of the project's own is called that does not answer; any other may be one of the routes to take over. */
const EARLY_NAME =
  /middleware|request-?id|correlation|auth|session|log|trac|metric|security|cors|limit|context|locale|tenant/i;
const ANSWERING =
  /^(?:get|post|put|patch|delete|del|all|options|head|route|mount|listen|init|register|on)$/;
const GLOBAL_SETTING = /^(?:enableCors)$/;

/** Below what comes early, above the first parser or route, wherever the file has them. */
export function mountPlace({ name, container, statement: creation }: App): MountPlace | undefined {
  const statements = container.getStatements();
  const start = creation ? statements.indexOf(creation) + 1 : 0;
  let after = creation ?? statements[0];
  if (!after) return undefined;
  for (const statement of statements.slice(start)) {
    const role = roleOf(statement, name);
    if (role === 'parser' || role === 'answers') {
      return { before: statement, after, isParser: role === 'parser' };
    }
    if (role === 'early') after = statement;
  }
  return { before: undefined, after, isParser: false };
}

function roleOf(statement: Statement, app: string): Role {
  const roles = callsOn(statement, app).map((call) => roleOfCall(call, app));
  return (
    roles.find((role) => role === 'parser' || role === 'answers') ??
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

function roleOfCall(call: CallExpression, app: string): Role {
  const callee = call.getExpression();
  const args = call.getArguments();
  if (receiver(call) !== app) {
    const name = callee.getText();
    // `setUpMiddleware(app)`: what it does stands elsewhere, its name has to do.
    if (EARLY_NAME.test(name)) return 'early';
    return Node.isNewExpression(call) || /^(?:http|https)\b|createServer/.test(name)
      ? 'other'
      : 'answers';
  }
  const method = Node.isPropertyAccessExpression(callee) ? callee.getName() : '';
  if (method === 'use' || method === 'register') return roleOfMounted(args);
  if (PARSER_NAME.test(method)) return 'parser';
  if (GLOBAL_SETTING.test(method)) return 'early';
  // `app.get('env')` reads a setting.
  if (method === 'get' && args.length === 1) return 'other';
  return ANSWERING.test(method) ? 'answers' : 'other';
}

function roleOfMounted(args: readonly Node[]): Role {
  const [first, second] = args;
  const isPath = Node.isStringLiteral(first) || Node.isNoSubstitutionTemplateLiteral(first);
  const everywhere = isPath && /^(?:\*|\/\*?)$/.test(first.getLiteralText());
  if (isPath && !everywhere) return 'answers';
  const mounted = isPath ? second : first;
  if (!mounted) return 'other';
  if (Node.isArrowFunction(mounted) || Node.isFunctionExpression(mounted)) {
    // Express knows an error handler by its four parameters.
    return mounted.getParameters().length === 4 ? 'answers' : 'early';
  }
  const made = Node.isCallExpression(mounted) ? mounted.getExpression() : mounted;
  const origin = originOf(made);
  if (!origin) return 'answers';
  const isParser =
    PARSER.test(origin.module) || (origin.module === 'express' && PARSER_NAME.test(origin.name));
  if (isParser) return 'parser';
  if (EARLY.test(origin.module)) return 'early';
  const isLocal = /^[.#@~]/.test(origin.module) && !origin.module.startsWith('@fastify');
  return isLocal && EARLY_NAME.test(`${made.getText()} ${origin.module}`) ? 'early' : 'answers';
}
