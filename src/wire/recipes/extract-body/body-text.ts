import type { CodeStyle } from '../../code.ts';
import { Node, type Source } from '../../source.ts';
import { fixedLines } from '../../template-lines.ts';

/** Text of one level in the templates. */
const LEVEL = '  ';

/** What is moved: the code, and where in it `continue` becomes `return`. */
export interface Moved {
  readonly body: Node;
  readonly continues: readonly Node[];
}

/**
 * The code as the body of a function at the top level of a template: its statements byte for byte, but for the indent in front of them. Lines within
 * a template literal keep theirs, as it is part of the value.
 */
export function bodyText(source: Source, style: CodeStyle, moved: Moved): string {
  const { lines, fixed } = linesOf(source, moved, ';');
  return dedent(lines, fixed, (line) => inLevels(line, style), LEVEL);
}

/** The same as the body of a function in the file that it stands in, its lines behind `indent`. */
export function bodyTextInFile(
  source: Source,
  style: CodeStyle,
  moved: Moved,
  indent: string,
): string {
  const { lines, fixed } = linesOf(source, moved, style.end);
  return dedent(lines, fixed, (line) => line, indent);
}

interface Lines {
  readonly lines: readonly string[];
  /** Those that begin inside of a template literal. */
  readonly fixed: ReadonlySet<number>;
}

function linesOf({ text }: Source, { body, continues }: Moved, statementEnd: string): Lines {
  if (!Node.isBlock(body)) {
    const expression = Node.isStatement(body)
      ? body.getText()
      : `await ${operand(body)}${statementEnd}`;
    return { lines: expression.replace(/\r\n/g, '\n').split('\n'), fixed: new Set() };
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
  let shift = 0;
  while (lines[0]?.trim() === '') {
    lines.shift();
    shift += 1;
  }
  while (lines.at(-1)?.trim() === '') lines.pop();
  return { lines, fixed: new Set([...fixed].map((line) => line - shift)) };
}

const operand = (expression: Node): string =>
  Node.isConditionalExpression(expression) || Node.isBinaryExpression(expression)
    ? `(${expression.getText()})`
    : expression.getText().replace(/^await /, '');

function dedent(
  lines: readonly string[],
  fixed: ReadonlySet<number>,
  read: (line: string) => string,
  indent: string,
): string {
  const indented = lines.map(read);
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
      return indent + line.slice(Math.min(common, leading(line)));
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
