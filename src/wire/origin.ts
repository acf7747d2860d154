import { externalModule, required, requiredModule } from './commonjs.ts';
import { Node, declarationsOf } from './source.ts';

/** An export of a module: `default`, `*` for the module as a whole, or the name. */
export interface Origin {
  readonly module: string;
  readonly name: string;
}

/**
 * Where the value of an expression was imported from, whatever it is called here: `createServer`, `http.createServer`, an alias, `import` or `require`.
 * `undefined` for what is not imported.
 */
export function originOf(node: Node): Origin | undefined {
  if (Node.isPropertyAccessExpression(node)) {
    const whole = originOf(node.getExpression());
    const isModule = whole && (whole.name === '*' || whole.name === 'default');
    return isModule ? { module: whole.module, name: node.getName() } : undefined;
  }
  if (Node.isCallExpression(node)) {
    const module = requiredModule(node);
    return module === undefined ? undefined : { module, name: '*' };
  }
  if (!Node.isIdentifier(node)) return undefined;
  const [declaration] = declarationsOf(node);
  return declaration && originOfDeclaration(declaration);
}

function originOfDeclaration(declaration: Node): Origin | undefined {
  if (Node.isImportEqualsDeclaration(declaration)) {
    const module = externalModule(declaration.getModuleReference());
    return module === undefined ? undefined : { module, name: '*' };
  }
  const statement = declaration.getFirstAncestor(Node.isImportDeclaration);
  if (statement) {
    const module = statement.getModuleSpecifierValue();
    if (Node.isImportSpecifier(declaration)) return { module, name: declaration.getName() };
    return { module, name: Node.isNamespaceImport(declaration) ? '*' : 'default' };
  }
  if (Node.isVariableDeclaration(declaration)) {
    const found = required(declaration.getInitializer());
    return found && { module: found.module, name: found.name ?? '*' };
  }
  if (!Node.isBindingElement(declaration)) return undefined;
  const variable = declaration.getFirstAncestor(Node.isVariableDeclaration);
  const module = requiredModule(variable?.getInitializer());
  const name = (declaration.getPropertyNameNode() ?? declaration.getNameNode()).getText();
  return module === undefined ? undefined : { module, name };
}

/** Whether an expression is the thing that a module exports under one of these names; a CommonJS module is its own default. */
export function isExport(node: Node, modules: RegExp, names: readonly string[]): boolean {
  const origin = originOf(node);
  if (!origin || !modules.test(origin.module)) return false;
  return names.includes(origin.name) || (origin.name === '*' && names.includes('default'));
}
