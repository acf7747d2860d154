import { SyntaxKind, type Node } from './source.ts';

/** 0-based lines after `start` that begin inside of a template literal. */
export function fixedLines(text: string, body: Node, start: number): ReadonlySet<number> {
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
  return lines;
}
