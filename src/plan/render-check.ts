/**
 * Checks Handlebars that did not come with the product before it is ever run: names, `if`, `unless` and `each`, and nothing else. So no
 * template reaches a helper, a partial, a decorator or a prototype, and none runs for long: an `each` goes over a list of the context, and
 * none stands in another.
 */
import Handlebars from 'handlebars';

/** Blocks in blocks. */
const MAX_DEPTH = 10;

/** The parser takes seconds for more, and minutes where they stand in each other. */
const MAX_TAGS = 2000;
const MAX_OPEN = 100;

interface Scope {
  /** Undefined where names cannot be told: within an `each`, or when the file is rendered only with facts of a target. */
  readonly context: object | undefined;
  readonly inEach: boolean;
  readonly depth: number;
}

/**
 * The first thing that is wrong with a template, with its line; undefined when it can be rendered.
 * @param context what it can name; without it names are not looked up
 */
export function templateProblem(text: string, context: object | undefined): string | undefined {
  if (!text.includes('{{')) return undefined;
  const tooMuch = sizeProblem(text);
  if (tooMuch !== undefined) return tooMuch;
  try {
    const { body } = Handlebars.parse(text);
    return problemIn(body, { context, inEach: false, depth: 0 });
  } catch (error) {
    // A parser's message goes on with a picture of the place.
    const [first = '', ...rest] = (error as Error).message.split('\n');
    const what = rest.find((line) => line.startsWith('Expecting'));
    return `does not compile: ${first}${what === undefined ? '' : ` ${what.slice(0, 120)}`}`;
  }
}

/** Told without the parser. */
function sizeProblem(text: string): string | undefined {
  const tags = text.match(/\{\{\{?[~\s]*[#^/]?/g) ?? [];
  if (tags.length > MAX_TAGS) return `has more than ${MAX_TAGS} tags`;
  let open = 0;
  for (const tag of tags) {
    open += /[#^]$/.test(tag) ? 1 : tag.endsWith('/') ? -1 : 0;
    if (open > MAX_OPEN) return `has more than ${MAX_DEPTH} blocks in each other`;
  }
  return undefined;
}

function problemIn(statements: readonly hbs.AST.Statement[], scope: Scope): string | undefined {
  for (const statement of statements) {
    const problem = problemOf(statement, scope);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(statement: hbs.AST.Statement, scope: Scope): string | undefined {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return undefined;
    case 'MustacheStatement': {
      const { path, params, hash } = statement as hbs.AST.MustacheStatement;
      if (params.length > 0 || isGiven(hash)) return refused(statement, nameOf(path), 'a helper');
      return pathProblem(path, scope);
    }
    case 'BlockStatement':
      return blockProblem(statement as hbs.AST.BlockStatement, scope);
    default:
      return refused(statement, undefined, 'a partial or a decorator');
  }
}

function blockProblem(block: hbs.AST.BlockStatement, scope: Scope): string | undefined {
  const { path, params, hash, program, inverse } = block;
  const helper = nameOf(path);
  const [subject] = params;
  if (!['if', 'unless', 'each'].includes(helper) || isGiven(hash)) {
    return refused(block, `#${helper}`, 'a helper');
  }
  if (subject === undefined || params.length > 1)
    return `${at(block)}: "#${helper}" takes one name`;
  if (scope.depth >= MAX_DEPTH) return `${at(block)}: more than ${MAX_DEPTH} blocks in each other`;
  const isEach = helper === 'each';
  if (isEach && scope.inEach) return `${at(block)}: an "#each" stands within another`;
  const inside = {
    context: isEach ? undefined : scope.context,
    inEach: scope.inEach || isEach,
    depth: scope.depth + 1,
  };
  return (
    pathProblem(subject, scope) ??
    // `{{#if}}` without content has no program, whatever the types say.
    problemIn((program as hbs.AST.Program | undefined)?.body ?? [], inside) ??
    problemIn((inverse as hbs.AST.Program | undefined)?.body ?? [], {
      ...scope,
      depth: scope.depth + 1,
    })
  );
}

/** What every object has by its prototype. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

const LOOP_DATA = new Set(['@index', '@first', '@last', '@key']);

function pathProblem(node: hbs.AST.Node, scope: Scope): string | undefined {
  if (node.type !== 'PathExpression') return `${at(node)}: only a name can stand here`;
  const { data, depth, original } = node as hbs.AST.PathExpression;
  // Newer versions put a subexpression at the head of a path.
  const parts: readonly unknown[] = (node as hbs.AST.PathExpression).parts;
  const isPlain = parts.every(
    (part) => typeof part === 'string' && /^[A-Za-z_]\w*$/.test(part) && !INHERITED.has(part),
  );
  const isLoopData = data && scope.inEach && LOOP_DATA.has(original);
  const isAllowed = isPlain && (isLoopData || (!data && depth === 0));
  if (!isAllowed || (parts.length === 0 && !scope.inEach)) {
    return `${at(node)}: "${original}" is no name that a template can use`;
  }
  const missing = scope.context && !data && missingPart(scope.context, parts as string[]);
  return missing === undefined || missing === false
    ? undefined
    : `${at(node)}: "${missing}" is not defined${missing.startsWith('wire.') ? '; give it a fallback in the params.facts of the wiring' : ''}`;
}

/** The beginning of a path that leads nowhere. */
function missingPart(context: object, parts: readonly string[]): string | undefined {
  let value: unknown = context;
  for (const [index, part] of parts.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
      return parts.slice(0, index + 1).join('.');
    }
    value = (value as Record<string, unknown>)[part];
  }
  return undefined;
}

function nameOf(node: hbs.AST.Node): string {
  return 'original' in node ? String(node.original) : node.type;
}

function isGiven(hash: hbs.AST.Hash | undefined): boolean {
  return (hash?.pairs.length ?? 0) > 0;
}

function refused(node: hbs.AST.Node, name: string | undefined, what: string): string {
  const shown = name === undefined ? '' : `"${name}" is `;
  return `${at(node)}: ${shown}${what}: only names, #if, #unless and #each are allowed`;
}

function at({ loc }: hbs.AST.Node): string {
  return `line ${loc.start.line}`;
}
