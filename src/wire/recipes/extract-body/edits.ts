import type { Draft } from '../../draft.ts';
import { width, type CodeStyle } from '../../code.ts';
import { Node, indentAt, lineStart, type Source } from '../../source.ts';
import type { Message } from './message.ts';
import type { Move } from './move.ts';

/** The queue that work is sent to. */
export interface Destination {
  /** What the file calls the queue. */
  readonly queue: string;
  readonly type: string;
}

/** Puts the sending in the place of the work. */
export function recordSend(
  { source, recorder, style }: Draft,
  { work, message }: Pick<Move, 'work' | 'message'>,
  destination: Destination,
): void {
  const { body, isAsync, fn } = work;
  const [start, end] = [body.getStart(), body.getEnd()];
  const send = (indent: string, lead: string, tail: string) =>
    lead + sendCall(style, indent, lead, tail, message, destination) + tail;
  const keyword = isAsync ? 'await ' : 'void ';
  if (Node.isBlock(body) || (fn && isAsync)) {
    const outer = indentAt(source, Node.isBlock(body) ? start : (fn ?? body).getStart());
    const inner = outer + style.tab;
    const statement = `\n${inner}${send(inner, keyword, style.end)}\n${outer}`;
    if (Node.isBlock(body)) recorder.replace(start + 1, end - 1, statement);
    else recorder.replace(gapStart(source, body), end, ` {${statement}}`);
    return;
  }
  const indent = indentAt(source, start);
  const before = source.text.slice(lineStart(source, start) + indent.length, start);
  const [lead, tail] = fn ? ['', ''] : [keyword, style.end];
  const rest = /^[^\r\n]*/.exec(source.text.slice(end))?.[0] ?? '';
  const inline = send(indent, before + lead, tail).slice(before.length);
  if (width(indent + before + inline + rest) <= style.printWidth && !inline.includes('\n')) {
    recorder.replace(start, end, inline);
    return;
  }
  // On a line of its own, as deep again as what it belongs to.
  const inner = before.trim() === '' ? indent : indent + style.tab;
  recorder.replace(gapStart(source, body), end, `\n${inner}${send(inner, lead, tail)}`);
  if (fn && rest.startsWith(')')) {
    recorder.insert(end, `${style.trailingCommas === 'all' ? ',' : ''}\n${indent}`);
  }
}

/** Where the white space in front of a node begins; the node itself when a comment stands there. */
const gapStart = ({ text }: Source, node: Node): number =>
  text.slice(node.getPos(), node.getStart()).trim() === '' ? node.getPos() : node.getStart();

/** The call that sends one message: on one line where that fits after `lead`, else with a line for each field. */
export function sendCall(
  style: CodeStyle,
  indent: string,
  lead: string,
  tail: string,
  { sent }: Message,
  { queue, type }: Destination,
): string {
  const value = 'expression' in sent ? sent.expression : objectOf(style, sent.names);
  const fields = [`type: ${style.quote(type)}`, value === 'body' ? value : `body: ${value}`];
  const line = `${queue}.send(${style.braces(fields.join(', '))})`;
  if (width(indent + lead + line + tail) <= style.printWidth) return line;
  const comma = style.trailingCommas === 'none' ? '' : ',';
  const inner = indent + style.tab;
  return `${queue}.send({\n${fields.map((field) => inner + field).join(',\n')}${comma}\n${indent}})`;
}

const objectOf = (style: CodeStyle, names: readonly string[]): string =>
  names.length > 0 ? style.braces(names.join(', ')) : '{}';
