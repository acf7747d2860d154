import type { CodeStyle } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import { Node, SyntaxKind, indentAt, type CallExpression } from '../../source.ts';
import { nodesIn, opensScope, walk } from '../../walk.ts';
import type { Template } from './template.ts';

/** Puts another call in the place of one; its arguments stay as they are, byte for byte. */
export function recordReplacement(
  { source, recorder, style }: Draft,
  call: CallExpression,
  callee: string,
  template: Template,
): void {
  const { keeps } = template;
  const before = requoted(style, template.before);
  const after = requoted(style, template.after);
  if (keeps === 'call') {
    recorder.insert(call.getStart(), `${callee}(${before}`);
    recorder.insert(call.getEnd(), `${after})`);
    return;
  }
  const named = call.getExpression();
  recorder.replace(named.getStart(), named.getEnd(), callee);
  const args = call.getArguments();
  const [first, last] = [args[0], args.at(-1)];
  if (first && last) {
    // Where each argument has a line, those that are added have theirs.
    const isBroken = /\n[ \t]*$/.test(source.text.slice(0, first.getStart()));
    const space = isBroken ? `\n${indentAt(source, first.getStart())}` : ' ';
    recorder.insert(
      first.getStart(),
      before.replace(/,\s*$/, () => `,${space}`),
    );
    recorder.insert(
      last.getEnd(),
      after.replace(/^\s*,\s*/, () => `,${space}`),
    );
  } else {
    const open = call.getFirstChildByKindOrThrow(SyntaxKind.OpenParenToken).getEnd();
    const parts = [before.replace(/,\s*$/, ''), after.replace(/^\s*,\s*/, '')];
    recorder.insert(open, parts.filter((part) => part !== '').join(', '));
  }
}

/** Strings with the quotes of the file. */
const requoted = (style: CodeStyle, text: string): string =>
  text.replace(/'([^'"\\]*)'/g, (_, inner: string) => style.quote(inner));

/** Why a call cannot stand where the template puts it; undefined when it can. */
export function unfitCall(call: CallExpression, { keeps, before }: Template): string | undefined {
  if (keeps === 'arguments' || !before.includes('=>')) return undefined;
  const own = waitsIn(call);
  if (own === undefined || (own === 'await' && /\basync\b/.test(before))) return undefined;
  return `has \`${own}\` in its arguments; take that out of the call first`;
}

/** `await` or `yield` that belongs to the function around the call. */
function waitsIn(call: CallExpression): 'await' | 'yield' | undefined {
  let found: 'await' | 'yield' | undefined;
  walk(call, (node) => {
    if (opensScope(node)) return false;
    if (Node.isYieldExpression(node)) found = 'yield';
    else if (Node.isAwaitExpression(node)) found ??= 'await';
    return true;
  });
  return found;
}

/** Whether a call stands in a function that is given to `callee` already. */
export const isGivenTo = (call: CallExpression, callee: string): boolean =>
  call.getAncestors().some((node) => isCallOf(node, callee));

/** Whether a piece of code calls it. */
export const calls = (code: Node, callee: string): boolean =>
  nodesIn(code).some((node) => isCallOf(node, callee));

const isCallOf = (node: Node, callee: string): boolean =>
  Node.isCallExpression(node) && node.getExpression().getText() === callee;
