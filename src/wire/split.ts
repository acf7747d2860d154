import type { Callable } from './callables.ts';
import { endBefore, list, width, type CodeStyle } from './code.ts';
import type { Draft } from './draft.ts';
import { isJavaScript } from './javascript.ts';
import { Node, indentAt, lineStart } from './source.ts';

/** A function that does something new, and the inner function that its old body becomes. */
export interface Split {
  /** What the function does from now on: `lead` before it, `end` behind it, without the indent of its line. */
  answer(indent: string, lead: string, end: string): string;
  /** The inner function up to its body, `tail` behind it. */
  head(indent: string, tail: string): string;
}

/**
 * Ends the function after its new answer and opens, right before its old body, the inner function: the body itself is not touched, and
 * what stands above the function (decorators, overloads, comments) stays with it.
 */
export function recordSplit(
  { source, recorder, style }: Draft,
  { fn, declaration }: Callable,
  split: Split,
): void {
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
  const head = Node.isMethodDeclaration(fn)
    ? `${modifiers}${async}${name}`
    : Node.isFunctionDeclaration(fn)
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
