import { isJavaScript } from './javascript.ts';
import { Node, SyntaxKind, type Source } from './source.ts';

/** Whether a JavaScript file is a CommonJS module, by what it does: TypeScript writes `import` for either kind. */
export function isCommonJs({ file, text, root }: Source): boolean {
  if (!isJavaScript(file.path) || /\.mjs$/.test(file.path)) return false;
  if (/\.cjs$/.test(file.path)) return true;
  const isModule = root.getStatements().some(
    (one) =>
      Node.isImportDeclaration(one) ||
      Node.isExportDeclaration(one) ||
      Node.isExportAssignment(one) ||
      // What `module.exports` names counts as exported too; only the keyword tells.
      (Node.isModifierable(one) && one.hasModifier(SyntaxKind.ExportKeyword)),
  );
  return !isModule && /\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(text);
}

/** `x` of `require('x')` in `import ns = require('x')`. */
export function externalModule(reference: Node): string | undefined {
  const expression = Node.isExternalModuleReference(reference)
    ? reference.getExpression()
    : undefined;
  return Node.isStringLiteral(expression) ? expression.getLiteralValue() : undefined;
}

/** What a variable is that was required: a module as a whole, or what it has by a name, as `require('fs').promises`. */
export function required(
  node: Node | undefined,
): { readonly module: string; readonly name: string | undefined } | undefined {
  const isMember = Node.isPropertyAccessExpression(node);
  const module = requiredModule(isMember ? node.getExpression() : node);
  return module === undefined ? undefined : { module, name: isMember ? node.getName() : undefined };
}

/** `x` of the expression `require('x')`. */
export function requiredModule(node: Node | undefined): string | undefined {
  if (!Node.isCallExpression(node) || node.getExpression().getText() !== 'require') {
    return undefined;
  }
  const [argument] = node.getArguments();
  return Node.isStringLiteral(argument) ? argument.getLiteralValue() : undefined;
}
