import type { Draft } from './draft.ts';
import { Node, lineOf } from './source.ts';
import type { WiringNote } from './types.ts';

/** Exports a declaration of the file because a generated file needs it, and says so. */
export function recordExport(
  { source, recorder }: Draft,
  declaration: Node,
  neededBy: string,
): WiringNote {
  recorder.insert(exportPosition(declaration), 'export ');
  const isType =
    Node.isInterfaceDeclaration(declaration) || Node.isTypeAliasDeclaration(declaration);
  const why = isType
    ? `${neededBy} names it`
    : `${neededBy} uses it, so the two files import each other; move it to a file of its own when you can`;
  return {
    line: lineOf(source, declaration.getStart()),
    text: `${nameOf(declaration)} is exported now: ${why}`,
  };
}

function nameOf(declaration: Node): string {
  if (Node.isVariableStatement(declaration)) {
    return declaration
      .getDeclarations()
      .map((one) => one.getName())
      .join(', ');
  }
  return Node.hasName(declaration) ? declaration.getName() : 'the declaration';
}

/** In front of the declaration, below its decorators. */
function exportPosition(declaration: Node): number {
  const decorators = Node.isDecoratable(declaration) ? declaration.getDecorators() : [];
  const last = decorators.at(-1);
  if (!last) return declaration.getStart();
  const text = declaration.getSourceFile().getFullText();
  return last.getEnd() + (/^\s*/.exec(text.slice(last.getEnd()))?.[0].length ?? 0);
}
