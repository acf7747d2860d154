import type { CodeStyle } from '../../code.ts';
import { Node, SyntaxKind, type Source } from '../../source.ts';

/** Text of one level in the templates. */
const LEVEL = '  ';

/**
 * The code as the body of a function at the top level: its statements byte for byte, but for the indent in front of them. Lines within a template
 * literal keep theirs, as it is part of the value. `continues` become `return`.
 */
export function bodyText(
  { text }: Source,
  style: CodeStyle,
  body: Node,
  continues: readonly Node[],
): string {
  if (!Node.isBlock(body)) {
    const expression = Node.isStatement(body) ? body.getText() : `await ${operand(body)};`;
    return dedent(expression.replace(/\r\n/g, '\n').split('\n'), new Set(), style);
  }
  const [start, end] = [body.getStart() + 1, body.getEnd() - 1];
  const fixed = fixedLines(text, body, start);
  let moved = '';
  let at = start;
  for (const one of continues) {
    moved += text.slice(at, one.getStart()) + one.getText().replace(/^continue\b[^;]*/, 'return');
    at = one.getEnd();
  }
  moved += text.slice(at, end);
  const lines = moved.replace(/\r\n/g, '\n').split('\n');
  while (lines[0]?.trim() === '') {
    lines.shift();
    fixed.shift += 1;
  }
  while (lines.at(-1)?.trim() === '') lines.pop();
  return dedent(lines, new Set([...fixed.lines].map((line) => line - fixed.shift)), style);
}

const operand = (expression: Node): string =>
  Node.isConditionalExpression(expression) || Node.isBinaryExpression(expression)
    ? `(${expression.getText()})`
    : expression.getText().replace(/^await /, '');

/** 0-based lines after `start` that begin inside of a template literal. */
function fixedLines(
  text: string,
  body: Node,
  start: number,
): { lines: Set<number>; shift: number } {
  const lines = new Set<number>();
  const lineOf = (position: number) => text.slice(start, position).split('\n').length - 1;
  const kinds = [
    SyntaxKind.NoSubstitutionTemplateLiteral,
    SyntaxKind.TemplateHead,
    SyntaxKind.TemplateMiddle,
    SyntaxKind.TemplateTail,
  ];
  for (const literal of kinds.flatMap((kind) => body.getDescendantsOfKind(kind))) {
    const [first, last] = [lineOf(literal.getStart()), lineOf(literal.getEnd())];
    for (let line = first + 1; line <= last; line++) lines.add(line);
  }
  return { lines, shift: 0 };
}

function dedent(lines: readonly string[], fixed: ReadonlySet<number>, style: CodeStyle): string {
  const indented = lines.map((line) => inLevels(line, style));
  const depths = indented
    .filter((line, index) => line.trim() !== '' && !fixed.has(index) && index > 0)
    .map(leading);
  const first = indented[0] ?? '';
  const common = Math.min(
    ...depths,
    ...(leading(first) > 0 || depths.length === 0 ? [leading(first)] : []),
  );
  return indented
    .map((line, index) => {
      if (fixed.has(index)) return lines[index];
      if (line.trim() === '') return '';
      return LEVEL + line.slice(Math.min(common, leading(line)));
    })
    .join('\n');
}

const leading = (line: string): number => line.length - line.trimStart().length;

/** The indent of a line in levels of two spaces, as templates have them. */
function inLevels(line: string, { tab }: CodeStyle): string {
  let at = 0;
  let levels = '';
  while (line.startsWith(tab, at)) {
    levels += LEVEL;
    at += tab.length;
  }
  return levels + line.slice(at);
}
