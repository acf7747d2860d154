import type { ProjectProfile } from '../project/types.ts';
import { type CommonJs, commonJsOf, EXPORTS_AT_END, requiringOf } from './commonjs.ts';
import type { Comment, Replacement, Statement, Syntax } from './syntax.ts';

/** How a file has its modules: `requiring` is an ES module that requires the project's own, which are CommonJS. */
export type ModuleForm = 'esm' | 'commonjs' | 'requiring';

/**
 * What a file of the project is. Vitest cannot be required, so its tests are ES modules in any package. What they test they require all the same: Vitest would load a second
 * copy of an imported CommonJS module, whose classes are not those that the first one throws.
 */
export function moduleForm(
  { moduleSystem, testRunner }: Partial<Pick<ProjectProfile, 'moduleSystem' | 'testRunner'>>,
  isTest: boolean,
): ModuleForm {
  if (moduleSystem !== 'commonjs') return 'esm';
  return isTest && testRunner === 'vitest' ? 'requiring' : 'commonjs';
}

/**
 * The TypeScript of a template as JavaScript, to be formatted afterwards: without types, interfaces go with their comments, and for CommonJS with `require` and
 * `module.exports`. Empty for a file of nothing but types.
 *
 * Statements and members are taken out here, for whoever only erases types leaves the comments of what is gone; the types within the code that
 * remains are Sucrase's work. Both are loaded for JavaScript only; the parser is that of the formatter, which will be needed anyway.
 */
export async function toJavaScript(text: string, form: ModuleForm): Promise<string> {
  const [syntax, { transform }] = await Promise.all([parsed(text), import('sucrase')]);
  const isGone = (statement: Statement) => isType(statement);
  const remaining = syntax.statements.filter((statement) => !isGone(statement));
  if (remaining.length === 0) return '';
  const commonJs: CommonJs | undefined = form === 'commonjs' ? commonJsOf(remaining) : undefined;
  const edits = [
    ...syntax.statements.filter(isGone).map((statement) => removal(text, statement, syntax)),
    ...remaining.flatMap((statement) => goneMembers(text, statement, syntax)),
    ...(commonJs?.edits ?? []),
    ...(form === 'requiring' ? requiringOf(remaining) : []),
  ];
  const { code } = transform(applied(text, edits), {
    transforms: ['typescript'],
    disableESTransforms: true,
    keepUnusedImports: true,
  });
  return commonJs ? `'use strict';\n\n${code.trimEnd()}\n${EXPORTS_AT_END(commonJs)}` : code;
}

async function parsed(text: string): Promise<Syntax> {
  const { parsers } = await import('prettier/plugins/babel');
  // Of the options it reads the path alone.
  const tree = (await parsers['babel-ts'].parse(text, { filepath: 'template.ts' } as never)) as {
    readonly program: { readonly body: readonly Statement[] };
    readonly comments: readonly Comment[];
  };
  return { statements: tree.program.body, comments: tree.comments };
}

const TYPES = /^TS(?:InterfaceDeclaration|TypeAliasDeclaration|DeclareFunction|ModuleDeclaration)$/;

/** What has no meaning at run time. */
function isType({ type, importKind, exportKind, declaration, specifiers, declare }: Statement) {
  if (importKind === 'type' || exportKind === 'type' || declare === true) return true;
  if (declaration) return TYPES.test(declaration.type);
  const all = specifiers ?? [];
  const isImport = type === 'ImportDeclaration' && all.length > 0;
  return TYPES.test(type) || (isImport && all.every((each) => each.importKind === 'type'));
}

/** Abstract members and overloads. */
function goneMembers(text: string, statement: Statement, syntax: Syntax): readonly Replacement[] {
  const { body } = statement.declaration ?? statement;
  const members = body?.type === 'ClassBody' ? body.body : [];
  return members
    .filter(({ type, abstract, declare }) => type === 'TSDeclareMethod' || abstract || declare)
    .map((member) => removal(text, member, syntax));
}

/** The whole lines of a node, with the comments right above it; those of an overload belong to the function that follows. */
function removal(text: string, node: Statement, { comments }: Syntax): Replacement {
  const { type } = node.declaration ?? node;
  const isOverload = /^TSDeclare/.test(type) && node.abstract !== true && node.declare !== true;
  let { start } = node;
  for (const comment of [...comments].reverse()) {
    if (isOverload || comment.end > start) continue;
    const between = text.slice(comment.end, start);
    const before = text.slice(text.lastIndexOf('\n', comment.start - 1) + 1, comment.start);
    if (between.trim() !== '' || /\n[ \t]*\n/.test(between) || before.trim() !== '') break;
    start = comment.start;
  }
  const rest = /^[ \t]*\n/.exec(text.slice(node.end))?.[0].length ?? 0;
  return { start, end: node.end + rest, text: '' };
}

function applied(text: string, edits: readonly Replacement[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((left, { start, end, text }) => left.slice(0, start) + text + left.slice(end), text);
}
