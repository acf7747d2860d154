import { usesPrivateKeyword, type ClassNode } from '../../callables.ts';
import { call, list, type CodeStyle } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import { isJavaScript } from '../../javascript.ts';
import {
  Node,
  SyntaxKind,
  codeEnd,
  indentAt,
  startWithComments,
  type ConstructorDeclaration,
  type MethodDeclaration,
  type PropertyDeclaration,
} from '../../source.ts';
import { innerHead, recordSplit } from '../../split.ts';
import { hasBlankLine, lineContentEnd } from '../../trivia.ts';
import { bodyTextInFile } from './body-text.ts';
import { recordSend, sendCall, type Destination } from './edits.ts';
import { NEST_HOOK, type Late } from './late.ts';
import type { Message } from './message.ts';
import type { Move } from './move.ts';

/** How the file calls what the instance exports. */
export interface LateNames extends Destination {
  /** The function that takes the one who does the work. */
  readonly handle: string;
  /** The type of what a message carries; asked for only where it has to be written. */
  readonly job: () => string;
}

export interface LateMove extends Move {
  readonly late: Late;
}

export const isLate = (move: Move): move is LateMove => move.late !== undefined;

/** Puts the sending in the place of the work, the work into a method of its own, and gives that to the consumer. Returns the method's name. */
export function recordLate(draft: Draft, move: LateMove, names: LateNames, pascal: string): string {
  const { late, message } = move;
  const method = methodOf(draft, move, names, pascal);
  // A subclass, which `this` may be, has no private static of its own.
  const holder = (late.isStatic && late.owner.getName()) || 'this';
  const { argument } = parameterOf(draft.style, message);
  const registering = (indent: string): string => {
    const parameters = argument === '' ? '()' : draft.style.arrowParameter(argument);
    const body = `${holder}.${method.name}(${argument})`;
    return call(draft.style, indent, names.handle, { parameters, body }, draft.style.end);
  };
  recordRegistration(draft, late, registering);
  recordMethod(draft, move, names, method);
  return method.name;
}

interface Method {
  readonly name: string;
  /** `private static `, or nothing. */
  readonly modifiers: string;
  /** `order`, `{ order, template }`; empty where a message carries nothing. */
  readonly pattern: string;
  /** `: Order`, where types are written. */
  readonly type: string;
  /** `: Promise<void>`, where types are written. */
  readonly returns: string;
}

function methodOf(
  { source, style }: Draft,
  { late, message, work }: LateMove,
  names: LateNames,
  pascal: string,
): Method {
  const { owner, isStatic, split } = late;
  const writesTypes = !isJavaScript(source.file.path);
  const wanted = split ? `${split.name}Now` : `do${pascal}`;
  const keyword = writesTypes && hidesByKeyword(owner, isStatic);
  const { pattern } = parameterOf(style, message);
  const written = work.item?.getTypeNode()?.getText().replace(/\r\n/g, '\n');
  const type = () => (written === message.text ? written : names.job());
  return {
    name: freeMember(owner, keyword ? wanted : `#${wanted}`),
    modifiers: `${keyword ? 'private ' : ''}${isStatic ? 'static ' : ''}`,
    pattern,
    type: writesTypes && pattern !== '' ? `: ${type()}` : '',
    returns: writesTypes ? ': Promise<void>' : '',
  };
}

/** How the method takes the message, and what it is called where it is handed over. */
function parameterOf(
  style: CodeStyle,
  { parameter, sent }: Message,
): { readonly pattern: string; readonly argument: string } {
  if ('expression' in sent) return { pattern: parameter, argument: sent.expression };
  const { names } = sent;
  if (names.length === 0) return { pattern: '', argument: '' };
  return { pattern: style.braces(names.join(', ')), argument: 'job' };
}

/** Whether the class hides with `private`: what it injects counts as well. A static `#` is not allowed beside decorators of the class. */
function hidesByKeyword(owner: ClassNode, isStatic: boolean): boolean {
  if (usesPrivateKeyword(owner)) return true;
  if (isStatic && Node.isClassDeclaration(owner) && owner.getDecorators().length > 0) return true;
  const hash = owner.getMembers().some((one) => Node.hasName(one) && one.getName().startsWith('#'));
  const injected = owner.getConstructors().flatMap((one) => one.getParameters());
  return !hash && injected.some((one) => one.hasModifier(SyntaxKind.PrivateKeyword));
}

function freeMember(owner: ClassNode, wanted: string): string {
  const taken = owner.getMembers().flatMap((one) => (Node.hasName(one) ? [one.getName()] : []));
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken.includes(name)) return name;
  }
}

function recordMethod(draft: Draft, move: LateMove, names: LateNames, method: Method): void {
  const { source, recorder, style } = draft;
  const { late, work } = move;
  const { name, modifiers, returns } = method;
  const parameters = method.pattern === '' ? [] : [method.pattern + method.type];
  const { split } = late;
  if (split) {
    recordSplit(draft, split, {
      answer: (indent, _lead, end) =>
        `await ${sendCall(style, indent, 'await ', end, move.message, names)}${end}`,
      head: (indent, tail) => {
        const inner = { name, modifiers, parameters, returns };
        return hugging(style, indent, innerHead(draft, indent, split, inner, tail), method);
      },
    });
    return;
  }
  recordSend(draft, move, names);
  const indent = indentAt(source, late.member.getStart());
  const flat = list(style, indent, `${modifiers}async ${name}`, parameters, `${returns} {`);
  const head = hugging(style, indent, flat, method);
  const body = bodyTextInFile(source, style, { ...move, body: work.body }, indent + style.tab);
  const at = lineContentEnd(source.text, late.member.getEnd());
  recorder.insert(at, `\n\n${head}\n${body}\n${indent}}`);
}

/** The head of a function as `list` gives it; where that is broken and the only parameter is taken apart, the pattern is broken instead, as Prettier does. */
function hugging(
  style: CodeStyle,
  indent: string,
  head: string,
  { pattern, type }: Method,
): string {
  const [first = '', ...rest] = head.split('\n');
  if (rest.length === 0 || !pattern.startsWith('{')) return head;
  const comma = style.trailingCommas === 'none' ? '' : ',';
  const names = pattern.slice(1, -1).trim().split(', ');
  const lines = names.map((one) => `\n${indent}${style.tab}${one}`).join(',');
  return `${first}{${lines}${comma}\n${indent}}${type}${rest.at(-1)?.trimStart() ?? ''}`;
}

type Line = (indent: string) => string;

function recordRegistration(draft: Draft, { owner, registration }: Late, line: Line): void {
  const { style } = draft;
  switch (registration.in) {
    case 'constructor':
    case 'hook':
      return recordAtEnd(draft, registration.member, line);
    case 'new-constructor':
      return addMember(draft, owner, (indent) => {
        const inner = indent + style.tab;
        const { head, first } = constructorHead(draft, registration.base, indent);
        return [head, ...first.map((one) => inner + one), line(inner), `${indent}}`];
      });
    case 'new-hook':
    case 'static-block': {
      const isHook = registration.in === 'new-hook';
      const returns = isJavaScript(draft.source.file.path) ? '' : ': void';
      const head = isHook ? `${NEST_HOOK}()${returns} {` : 'static {';
      return addMember(draft, owner, (indent) => [
        indent + head,
        line(indent + style.tab),
        `${indent}}`,
      ]);
    }
  }
}

function constructorHead(
  { source, style }: Draft,
  base: string | undefined,
  indent: string,
): { readonly head: string; readonly first: readonly string[] } {
  if (base === undefined) return { head: `${indent}constructor() {`, first: [] };
  const type = isJavaScript(source.file.path) ? '' : `: ConstructorParameters<typeof ${base}>`;
  return {
    head: list(style, indent, 'constructor', [`...args${type}`], ' {'),
    first: [`super(...args)${style.end}`],
  };
}

/** As the last statement of a constructor or method. */
function recordAtEnd(
  { source, recorder, style }: Draft,
  member: ConstructorDeclaration | MethodDeclaration,
  line: Line,
): void {
  const body = member.getBody();
  if (!Node.isBlock(body)) return;
  const last = body.getStatements().at(-1);
  const outer = indentAt(source, body.getEnd() - 1);
  if (last) {
    const at = lineContentEnd(source.text, codeEnd(last));
    recorder.insert(at, `\n${line(indentAt(source, last.getStart()))}`);
    return;
  }
  const inside = source.text.slice(body.getStart() + 1, body.getEnd() - 1).trimEnd();
  const at = body.getStart() + 1 + inside.length;
  recorder.replace(at, body.getEnd() - 1, `\n${line(outer + style.tab)}\n${outer}`);
}

/** Below the fields with which the class begins, and below its constructor. */
function addMember(
  { source, recorder }: Draft,
  owner: ClassNode,
  lines: (indent: string) => readonly string[],
): void {
  const members = owner.getMembers();
  const [first] = members;
  if (!first) return;
  const [constructor] = owner.getConstructors();
  const above = constructor ?? leadingFields(owner).at(-1);
  const indent = indentAt(source, first.getStart());
  const text = lines(indent).join('\n');
  if (!above) {
    recorder.insert(startWithComments(source, first), `${text.slice(indent.length)}\n\n${indent}`);
    return;
  }
  const at = lineContentEnd(source.text, above.getEnd());
  const following = members[members.indexOf(above) + 1];
  const gap =
    following && !hasBlankLine(source.text, above.getEnd(), following.getStart()) ? '\n' : '';
  recorder.insert(at, `\n\n${text}${gap}`);
}

/** State, not functions. */
function leadingFields(owner: ClassNode): readonly PropertyDeclaration[] {
  const fields: PropertyDeclaration[] = [];
  for (const member of owner.getMembers()) {
    if (!Node.isPropertyDeclaration(member)) break;
    const value = member.getInitializer();
    if (Node.isArrowFunction(value) || Node.isFunctionExpression(value)) break;
    fields.push(member);
  }
  return fields;
}
