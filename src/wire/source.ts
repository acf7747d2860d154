/**
 * The one place that knows ts-morph. A file is parsed alone and in memory: no tsconfig, no other file, no library types, so that the
 * cost does not depend on the size of the project. Nodes are read for their positions and never manipulated.
 */
import { Node, Project, SyntaxKind } from 'ts-morph';
import type { SourceFile } from 'ts-morph';
import type { SourceText } from './types.ts';

export { Node, SyntaxKind };
export type {
  ArrayLiteralExpression,
  ArrowFunction,
  BindingElement,
  CallExpression,
  ClassDeclaration,
  ClassExpression,
  ConstructorDeclaration,
  Expression,
  ExpressionStatement,
  ForOfStatement,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  ImportDeclaration,
  ImportSpecifier,
  MethodDeclaration,
  NamedImports,
  NewExpression,
  ObjectLiteralExpression,
  ParameterDeclaration,
  PropertyAssignment,
  PropertyDeclaration,
  ReturnStatement,
  SourceFile,
  Statement,
  Block,
  TypeNode,
  VariableDeclaration,
  VariableStatement,
} from 'ts-morph';

/** A parsed file. Positions of its nodes count from after the byte order mark, as in `text`. */
export interface Source {
  readonly file: SourceText;
  /** The file's text without byte order mark. */
  readonly text: string;
  readonly root: SourceFile;
}

export interface SyntaxProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

const BOM = '\uFEFF';

export const bomLength = (text: string): number => (text.startsWith(BOM) ? 1 : 0);

/** The same text is asked for by `candidates`, `inspect` and `wire` in a row. */
const recent: Source[] = [];
const KEPT = 4;

export function parse(file: SourceText): Source {
  const known = recent.find(({ file: { path, text } }) => path === file.path && text === file.text);
  if (known) return known;
  const text = file.text.slice(bomLength(file.text));
  const source = { file, text, root: project().createSourceFile(`/${file.path}`, text) };
  recent.unshift(source);
  recent.length = Math.min(recent.length, KEPT);
  return source;
}

function project(): Project {
  return new Project({
    useInMemoryFileSystem: true,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
    // 99 is ESNext: what parses is not limited by what the project compiles to.
    compilerOptions: { noLib: true, noResolve: true, types: [], target: 99, allowJs: true },
  });
}

/** In the order of the file; empty when it parses. */
export function syntaxProblems({ root }: Source): readonly SyntaxProblem[] {
  return root
    .getProject()
    .getProgram()
    .getSyntacticDiagnostics(root)
    .map((diagnostic) => {
      const message = diagnostic.getMessageText();
      return {
        line: diagnostic.getLineNumber(),
        message: typeof message === 'string' ? message : message.getMessageText(),
      };
    });
}

/** 1-based line of a position. */
export const lineOf = ({ root }: Source, position: number): number =>
  root.getLineAndColumnAtPos(position).line;

/** Start of the line on which a position stands. */
export const lineStart = ({ text }: Source, position: number): number =>
  text.lastIndexOf('\n', position - 1) + 1;

/** White space with which the line of a position begins. */
export function indentAt(source: Source, position: number): string {
  const start = lineStart(source, position);
  return /^[ \t]*/.exec(source.text.slice(start))?.[0] ?? '';
}

/** The node's own declarations in this file, import specifiers among them; empty for what is global or unknown. */
export const declarationsOf = (node: Node): readonly Node[] =>
  node.getSymbol()?.getDeclarations() ?? [];

/** End of a statement, without a `;` that stands on the next line to guard what follows there. */
export function codeEnd(statement: Node): number {
  const guard = /\s*\n\s*;$/.exec(statement.getText())?.[0].length ?? 0;
  return statement.getEnd() - guard;
}

/** Start of a node with the comments that stand right above it, no empty line between. */
export function startWithComments({ text }: Source, node: Node): number {
  let start = node.getStart();
  for (const comment of [...node.getLeadingCommentRanges()].reverse()) {
    if (/\n[ \t]*\r?\n/.test(text.slice(comment.getEnd(), start))) break;
    start = comment.getPos();
  }
  return start;
}
