import {
  Node,
  declarationsOf,
  type CallExpression,
  type Identifier,
  type Source,
} from '../../source.ts';
import { isReference } from '../../free-names.ts';
import { requiredModule } from '../../commonjs.ts';
import { originOf } from '../../origin.ts';
import { absoluteModule } from '../../type-facts.ts';
import { nodesIn } from '../../walk.ts';

/** What is called: an export of a module, or a global. */
export interface Symbol {
  /** A package, a workspace path (`/src/http.ts`), or `global`. */
  readonly module: string;
  /** `get`, `default`, `promises.readFile`. */
  readonly name: string;
}

/** A place that speaks of the symbol. */
export type Use =
  | { readonly kind: 'call'; readonly call: CallExpression; readonly callee: Node }
  /** Called in a way that another call cannot stand for. */
  | { readonly kind: 'refused'; readonly node: Node; readonly reason: string }
  /** Handed on, bound or looked at. */
  | { readonly kind: 'value'; readonly node: Node };

/** All places in `within` that speak of the symbol, resolved by import and scope, in the order of the file. */
export function usesOf(source: Source, symbol: Symbol, within: Node): readonly Use[] {
  if (!mentions(source, symbol)) return [];
  const whole = nodesIn(within).filter((node) => isSymbol(source, node, symbol));
  return whole.filter((node) => !isDeclared(node) && !isTakenFrom(node)).map(useOf);
}

/** Most files do not, and need not be searched. */
function mentions({ text }: Source, { module, name }: Symbol): boolean {
  if (module === 'global') return text.includes(name.split('.').at(-1) ?? name);
  return module.startsWith('/') || text.includes(module.replace(/^node:/, ''));
}

/** Whether an expression is the symbol, by whatever name this file has for it. */
function isSymbol(source: Source, node: Node, { module, name }: Symbol): boolean {
  if (Node.isIdentifier(node) && !isReference(node)) return false;
  if (module === 'global') return isGlobal(node, name.split('.'));
  const found = pathOf(node);
  return found?.name === name && sameModule(source, found.module, module);
}

/** `fetch`, `globalThis.fetch`, `JSON.parse`: undeclared in this file, however deep. */
function isGlobal(node: Node, path: readonly string[]): boolean {
  const written = memberPath(node);
  if (!written) return false;
  const [root, ...members] = written;
  if (declarationsOf(root).length > 0) return false;
  const names = root.getText() === 'globalThis' ? members : [root.getText(), ...members];
  return names.join('.') === path.join('.');
}

/** The identifier at the root and the names after it; undefined for what is no plain path. */
function memberPath(node: Node): readonly [Identifier, ...string[]] | undefined {
  if (Node.isIdentifier(node)) return [node];
  const member = memberOf(node);
  const rest = member && memberPath(member.object);
  return rest && [...rest, member.name];
}

interface Member {
  readonly object: Node;
  readonly name: string;
}

/** `a.b` and `a['b']`. */
function memberOf(node: Node): Member | undefined {
  if (Node.isPropertyAccessExpression(node)) {
    return { object: node.getExpression(), name: node.getName() };
  }
  if (!Node.isElementAccessExpression(node)) return undefined;
  const key = node.getArgumentExpression();
  return Node.isStringLiteral(key)
    ? { object: node.getExpression(), name: key.getLiteralValue() }
    : undefined;
}

/** The module that an expression comes from, and the path into it; a module's default stands for the module where something is taken from it. */
function pathOf(node: Node): Symbol | undefined {
  if (Node.isIdentifier(node) || Node.isCallExpression(node)) {
    const origin = originOf(node);
    return origin && { module: origin.module, name: origin.name === '*' ? 'default' : origin.name };
  }
  const member = memberOf(node);
  const whole = member && pathOf(member.object);
  if (!member || !whole) return undefined;
  const isModule = whole.name === 'default';
  return { module: whole.module, name: isModule ? member.name : `${whole.name}.${member.name}` };
}

const EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/;

function sameModule({ file }: Source, written: string, module: string): boolean {
  const bare = (text: string) => text.replace(/^node:/, '');
  if (!module.startsWith('/')) return bare(written) === bare(module);
  const plain = (path: string) => path.replace(EXTENSION, '').replace(/\/index$/, '');
  return plain(absoluteModule(file.path, written)) === plain(module);
}

/** The name in a declaration or an import is no use of it, nor is a property's name or a type. */
function isDeclared(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isIdentifier(node) && !isReference(node)) return true;
  if (node.getFirstAncestor(Node.isImportDeclaration)) return true;
  if (Node.isImportEqualsDeclaration(parent)) return true;
  if (Node.isTypeReference(parent) || Node.isTypeQuery(parent) || Node.isQualifiedName(parent))
    return true;
  // `const axios = require('axios')`, `require('axios').default`: the import itself.
  if (Node.isVariableDeclaration(parent) && nodesIn(node).some((one) => requiredModule(one))) {
    return true;
  }
  return false;
}

/** `axios` in `axios.get` speaks of what is taken from it; in `get.call(…)` it is `get` that is called. */
function isTakenFrom(node: Node): boolean {
  const parent = node.getParent();
  const member = parent && memberOf(parent);
  return member?.object === node && !/^(?:call|apply|bind)$/.test(member.name);
}

function useOf(node: Node): Use {
  const parent = node.getParent();
  if (Node.isTaggedTemplateExpression(parent) && parent.getTag() === node) {
    return { kind: 'refused', node, reason: 'is called as the tag of a template' };
  }
  if (Node.isNewExpression(parent) && parent.getExpression() === node) {
    return { kind: 'refused', node, reason: 'is called with `new`' };
  }
  if (!Node.isCallExpression(parent) || parent.getExpression() !== node) {
    return { kind: 'value', node };
  }
  if (parent.hasQuestionDotToken() || hasOptionalPart(node)) {
    return { kind: 'refused', node, reason: 'is called only if it is there (`?.`)' };
  }
  return { kind: 'call', call: parent, callee: node };
}

const hasOptionalPart = (node: Node): boolean =>
  nodesIn(node).some(
    (one) =>
      (Node.isPropertyAccessExpression(one) || Node.isElementAccessExpression(one)) &&
      one.hasQuestionDotToken(),
  );
