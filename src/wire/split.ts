import type { Callable } from './callables.ts';
import { endBefore, list, width, type CodeStyle } from './code.ts';
import type { Draft } from './draft.ts';
import { isJavaScript } from './javascript.ts';
import type { HeldObject } from './objects.ts';
import { Node, indentAt, lineStart, startWithComments, type Source } from './source.ts';
import { fixedLines } from './template-lines.ts';

/** A function that does something new, and the inner function that its old body becomes. */
export interface Split {
  /** What the function does from now on: `lead` before it, `end` behind it, without the indent of its line. */
  answer(indent: string, lead: string, end: string): string;
  /** The inner function up to its body, `tail` behind it. */
  head(indent: string, tail: string): string;
}

/**
 * Ends the function after its new answer and opens, right before its old body, the inner function: the body itself is not touched, and
 * what stands above the function (decorators, overloads, comments) stays with it. Only out of an object literal the body moves: above the object,
 * which keeps the members that it has.
 */
export function recordSplit(draft: Draft, callable: Callable, split: Split): void {
  const { source, recorder, style } = draft;
  const { fn, declaration, object } = callable;
  if (object) {
    recordMoved(draft, callable, object, split);
    return;
  }
  const outer = indentAt(source, declaration.getStart());
  const inner = outer + style.tab;
  const body = fn.getBody();
  const isDeclaration = Node.isMethodDeclaration(fn) || Node.isFunctionDeclaration(fn);
  if (Node.isBlock(body)) {
    const head = split.head(outer, ' {');
    const end = isDeclaration ? '' : style.end;
    const answer = split.answer(inner, 'return ', style.end);
    recorder.insert(body.getStart() + 1, `\n${inner}${answer}\n${outer}}${end}\n\n${head}`);
  } else if (Node.isArrowFunction(fn)) {
    const arrow = fn.getEqualsGreaterThan().getEnd();
    const line = source.text.slice(lineStart(source, arrow), arrow);
    const head = split.head(outer, '');
    const end = endBefore(style, head);
    const answer = split.answer('', '', end);
    const fits = width(`${line} ${answer}`) <= style.printWidth && !answer.includes('\n');
    const placed = fits ? ` ${answer}` : `\n${inner}${split.answer(inner, '', end)}`;
    recorder.insert(arrow, `${placed}\n\n${head}`);
  }
}

function recordMoved(
  { source, recorder, style }: Draft,
  { fn, declaration }: Callable,
  { statement }: HeldObject,
  split: Split,
): void {
  const body = fn.getBody();
  if (!body) return;
  const outer = indentAt(source, declaration.getStart());
  const top = indentAt(source, statement.getStart());
  const inner = outer + style.tab;
  const end = Node.isMethodDeclaration(fn) ? '' : style.end;
  const above = (text: string) =>
    recorder.insert(startWithComments(source, statement), `${text}${end}\n\n${top}`);
  if (Node.isBlock(body)) {
    const start = body.getStart() + 1;
    above(split.head(top, ' {') + dedented(source, body, start, outer));
    const answer = split.answer(inner, 'return ', style.end);
    recorder.replace(start, body.getEnd() - 1, `\n${inner}${answer}\n${outer}`);
  } else if (Node.isArrowFunction(fn)) {
    const arrow = fn.getEqualsGreaterThan().getEnd();
    const line = source.text.slice(lineStart(source, arrow), arrow);
    above(split.head(top, '') + dedented(source, body, arrow, outer));
    const answer = split.answer('', '', '');
    const fits = width(`${line} ${answer},`) <= style.printWidth && !answer.includes('\n');
    const placed = fits ? ` ${answer}` : `\n${inner}${split.answer(inner, '', '')}`;
    recorder.replace(arrow, body.getEnd(), placed);
  }
}

/** From `start` to the end of the body, its lines without the indent that they had in the object. */
function dedented({ text }: Source, body: Node, start: number, indent: string): string {
  const fixed = fixedLines(text, body, start);
  return text
    .slice(start, body.getEnd())
    .split('\n')
    .map((line, index) =>
      index > 0 && !fixed.has(index) && line.startsWith(indent) ? line.slice(indent.length) : line,
    )
    .join('\n');
}

/** What is written of the inner function in front of its body. */
export interface Inner {
  readonly name: string;
  /** `private `, `static ` or both, for a member of a class. */
  readonly modifiers: string;
  /** `<T>`, or nothing. */
  readonly typeParameters?: string;
  readonly parameters: readonly string[];
  /** `: Promise<User>`, or nothing. */
  readonly returns: string;
  /** The type of the constant or field that holds the function: `: Handler`, or nothing. */
  readonly type?: string;
}

/** The inner function up to its body: of the kind of the old one, without its export and decorators. */
export function innerHead(
  { source, style }: { source: Draft['source']; style: CodeStyle },
  indent: string,
  { fn, owner }: Callable,
  inner: Inner,
  tail: string,
): string {
  const { name, modifiers, typeParameters = '', type = '' } = inner;
  const async = fn.isAsync() ? 'async ' : '';
  const isArrow = Node.isArrowFunction(fn);
  const readonly = isJavaScript(source.file.path) ? '' : 'readonly ';
  const declare = owner ? `${modifiers}${readonly}` : 'const ';
  const isMember = Node.isMethodDeclaration(fn) && owner !== undefined;
  const head = isMember
    ? `${modifiers}${async}${name}`
    : Node.isFunctionDeclaration(fn) || Node.isMethodDeclaration(fn)
      ? `${async}function ${name}`
      : `${declare}${name}${type} = ${async}${isArrow ? '' : functionKeyword(fn.getName())}`;
  const { parameters } = inner;
  const [only, ...more] = parameters;
  const isBare = isArrow && more.length === 0 && /^[\w$]+$/.test(only ?? '');
  if (only !== undefined && isBare && typeParameters + inner.returns === '') {
    return `${indent}${head}${style.arrowParameter(only)} =>${tail}`;
  }
  const returned = `${inner.returns}${isArrow ? ' =>' : ''}`;
  // No comma may follow a rest parameter.
  const hasRest = parameters.at(-1)?.startsWith('...') ?? false;
  const listStyle = hasRest ? { ...style, trailingCommas: 'none' as const } : style;
  return list(listStyle, indent, head + typeParameters, parameters, returned + tail);
}

/** A function expression keeps the name by which it may call itself. */
const functionKeyword = (name: string | undefined): string => `function ${name ?? ''}`;
