import { externalModule, isCommonJs, required } from './commonjs.ts';
import { Node, type Source, type Statement } from './source.ts';
import { endsLine, hasBlankLine, lineContentEnd } from './trivia.ts';

/** Where a new import line goes, and the line ends that it needs around it. */
export interface ImportPlace {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

interface Placed {
  readonly node: Statement;
  readonly specifier: string;
  readonly group: number;
}

/**
 * In its group (`node:`, packages, aliases, parents, siblings) in the order of the alphabet where the file keeps these, else after the last import.
 * Without imports: below shebang, header comments and directives, above the comment of the first statement.
 */
export function importPlace(
  source: Source,
  specifier: string,
  leaving: readonly Node[] = [],
): ImportPlace {
  const read = isCommonJs(source) ? placedRequire : placed;
  const all = source.root.getStatements().flatMap((node) => read(node) ?? []);
  const imports = all.filter(({ node }) => !leaving.includes(node));
  const [left] = all;
  // Where all imports leave, the new one takes the place of the first.
  if (left && imports.length === 0) return { at: left.node.getStart(), before: '', after: '\n' };
  if (imports.length === 0) return firstPlace(source);
  const group = groupOf(specifier);
  const peers = imports.filter((one) => one.group === group);
  if (isSorted(peers.map((one) => one.specifier))) {
    const following = peers.find((one) => order(one.specifier) > order(specifier));
    if (following) return beforeImport(source, imports, following);
  }
  const groupsAscend = isSorted(imports.map((one) => String(one.group)));
  const lower = groupsAscend ? imports.filter((one) => one.group <= group) : imports;
  const previous = peers.at(-1) ?? lower.at(-1);
  if (!previous) {
    // All other imports belong below ours.
    const [first] = imports;
    const blank = separatesGroups(source, imports) ? '\n\n' : '\n';
    return first ? { ...beforeImport(source, imports, first), after: blank } : firstPlace(source);
  }
  const opensGroup = peers.length === 0 && separatesGroups(source, imports);
  return afterStatement(source, previous.node, opensGroup ? '\n\n' : '\n');
}

function placed(node: Statement): Placed | undefined {
  const isEquals = Node.isImportEqualsDeclaration(node);
  if (!isEquals && !Node.isImportDeclaration(node)) return undefined;
  const specifier = isEquals
    ? (externalModule(node.getModuleReference()) ?? '')
    : node.getModuleSpecifierValue();
  return { node, specifier, group: groupOf(specifier) };
}

/** `const x = require('x')`, or of a part of it. */
function placedRequire(node: Statement): Placed | undefined {
  if (!Node.isVariableStatement(node)) return undefined;
  const [only, ...more] = node.getDeclarations();
  const specifier = more.length === 0 ? required(only?.getInitializer())?.module : undefined;
  return specifier === undefined ? undefined : { node, specifier, group: groupOf(specifier) };
}

function groupOf(specifier: string): number {
  if (specifier.startsWith('node:')) return 0;
  if (specifier.startsWith('./') || specifier === '.') return 4;
  if (specifier.startsWith('..')) return 3;
  return /^(?:[#~]|@\/)/.test(specifier) ? 2 : 1;
}

const order = (specifier: string): string => specifier.toLowerCase();

const isSorted = (values: readonly string[]): boolean =>
  values.every((value, index) => index === 0 || order(values[index - 1] ?? '') <= order(value));

const separatesGroups = ({ text }: Source, imports: readonly Placed[]): boolean =>
  imports.some(({ node, group }, index) => {
    const previous = imports[index - 1];
    return (
      previous !== undefined &&
      previous.group !== group &&
      hasBlankLine(text, previous.node.getEnd(), node.getStart())
    );
  });

/** Comments that speak about the next line must stay on it. */
const STICKY = /eslint-disable-next-line|@ts-|prettier-ignore|istanbul|c8 ignore|biome-ignore/;

function beforeImport(source: Source, imports: readonly Placed[], following: Placed): ImportPlace {
  const comments = following.node.getLeadingCommentRanges();
  const previous = imports[imports.indexOf(following) - 1];
  if (comments.length > 0) {
    if (previous) return afterStatement(source, previous.node, '\n');
    const last = comments.at(-1)?.getText() ?? '';
    if (STICKY.test(last)) return afterStatement(source, following.node, '\n');
  }
  return { at: following.node.getStart(), before: '', after: '\n' };
}

function afterStatement({ text }: Source, node: Node, before: string): ImportPlace {
  const at = lineContentEnd(text, node.getEnd());
  return { at, before, after: endsLine(text, at) ? '' : '\n' };
}

/** A comment at the top belongs to the file when an empty line parts it from the code, or when it says so. */
const HEADER =
  /^\/\*!|^\/\/\/\s*<|copyright|licen[sc]e|spdx|@file|@packageDocumentation|eslint-(?:disable|enable)(?!-)|@ts-(?:no)?check/i;

function firstPlace(source: Source): ImportPlace {
  const { text, root } = source;
  const [first] = root.getStatements();
  const shebang = /^#![^\n]*\n?/.exec(text)?.[0].length ?? 0;
  const header = first ? headerEnd(source, first) : text.trimEnd().length;
  if (header <= shebang) {
    const at = nextCode(text, shebang);
    const before = at > 0 && at === text.length && !text.endsWith('\n') ? '\n' : '';
    return { at, before, after: at === text.length ? '\n' : '\n\n' };
  }
  const gap = text.slice(header, nextCode(text, header));
  if (header + gap.length === text.length) {
    return { at: header, before: '\n\n', after: gap === '' ? '\n' : '' };
  }
  // The gap stays below the import and must be an empty line.
  const breaks = gap.split('\n').length - 1;
  return { at: header, before: '\n\n', after: '\n'.repeat(Math.max(0, 2 - breaks)) };
}

/** End of what belongs above all imports: directives, and comments that speak of the file; 0 when there is none. */
function headerEnd({ text, root }: Source, first: Statement): number {
  const directive = root.getStatements().filter(isDirective).at(-1);
  if (directive) return lineContentEnd(text, directive.getEnd());
  let end = 0;
  for (const comment of first.getLeadingCommentRanges()) {
    const parted = hasBlankLine(text, comment.getEnd(), nextCode(text, comment.getEnd()));
    if (parted || HEADER.test(comment.getText())) end = comment.getEnd();
  }
  return end;
}

const nextCode = (text: string, at: number): number =>
  at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);

const isDirective = (node: Statement): boolean =>
  Node.isExpressionStatement(node) && Node.isStringLiteral(node.getExpression());
