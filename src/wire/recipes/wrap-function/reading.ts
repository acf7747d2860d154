import { isDeclaredWithOthers, type Callable, type FunctionNode } from '../../callables.ts';
import { receiverIn } from '../../free-names.ts';
import { isJavaScript } from '../../javascript.ts';
import { Node, SyntaxKind, type Source, type TypeNode } from '../../source.ts';
import { boundToObject } from '../../objects.ts';
import { nodesIn, ownNodes } from '../../walk.ts';
import { parametersOf, type Parameters } from './parameters.ts';

/** A function that an instance can stand in front of. */
export interface Wrappable {
  readonly callable: Callable;
  readonly parameters: Parameters;
  readonly isStatic: boolean;
  /** Uses the `this` (or `super`) with which it is called; an arrow function has that of its surroundings. */
  readonly usesThis: boolean;
  readonly returns: Returns;
}

/** `unclear` where neither the keyword nor a type nor the returned expressions tell. */
export type Returns = 'promise' | 'value' | 'unclear';

export type Reading =
  | { readonly ok: true; readonly wrappable: Wrappable }
  | { readonly ok: false; readonly reason: string };

/** Decides whether a function's body can move into an inner one with its callers none the wiser; says why not in words for its owner. */
export function readFunction(source: Source, callable: Callable): Reading {
  const { fn, declaration } = callable;
  const reason = unfit(source, callable);
  if (reason !== undefined) return { ok: false, reason };
  const bound = callable.object && boundToObject(callable.fn, callable.object);
  if (bound !== undefined) return { ok: false, reason: bound };
  const parameters = parametersOf(source, callable);
  if (typeof parameters === 'string') return { ok: false, reason: parameters };
  const isStatic =
    (Node.isMethodDeclaration(declaration) || Node.isPropertyDeclaration(declaration)) &&
    declaration.isStatic();
  const usesThis = !Node.isArrowFunction(fn) && receives(fn, 'this');
  if (usesThis && !callable.owner && fn.getTypeParameters().length > 0) {
    return { ok: false, reason: 'it has both type parameters and a `this` of its own' };
  }
  if (isStatic && !callable.owner?.getName() && isJavaScript(source.file.path)) {
    return { ok: false, reason: 'its class has no name by which a static function could be found' };
  }
  const returns = returnsOf(fn);
  return { ok: true, wrappable: { callable, parameters, isStatic, usesThis, returns } };
}

function unfit(source: Source, callable: Callable): string | undefined {
  const { fn, owner, name } = callable;
  const body = fn.getBody();
  if (!body) return 'it has no body: it is abstract or only declared';
  if (!Node.isArrowFunction(fn) && fn.isGenerator()) {
    return 'it is a generator, which runs while it is being read and not when it is called';
  }
  if (isDeclaredWithOthers(callable)) {
    return 'it is declared together with others; give it a declaration of its own';
  }
  if (!/^[\w$]+$/.test(name)) return 'its name is computed or quoted';
  const returned = fn.getReturnTypeNode();
  if (Node.isTypePredicate(returned) && returned.hasAssertsModifier()) {
    return 'it asserts something about its argument, which a call in between would hide from the compiler';
  }
  if (!Node.isArrowFunction(fn) && receives(fn, 'arguments')) {
    return 'it reads `arguments`; name its parameters';
  }
  if (receives(fn, 'new.target') || (!owner && isConstructor(source, name))) {
    return 'it is called with `new`';
  }
  const directive = directiveOf(body);
  return directive === undefined
    ? undefined
    : `its body begins with the directive ${directive}, which has to stay with the name that is called`;
}

const receives = (fn: FunctionNode, what: 'this' | 'arguments' | 'new.target'): boolean =>
  [fn.getBody(), ...fn.getParameters()].some((part) => part && receiverIn(part).has(what)) ||
  (what === 'this' && namesThisType(fn));

/** `this` as a type, which stands for the receiver as well. */
const namesThisType = (fn: FunctionNode): boolean =>
  fn.getDescendantsOfKind(SyntaxKind.ThisType).length > 0;

/** An old-style class: called with `new`, or given a prototype. */
function isConstructor({ root, text }: Source, name: string): boolean {
  const word = name.replaceAll('$', '\\$');
  // Most files have neither, and need not be searched for it.
  if (!new RegExp(`\\bnew\\s+${word}|${word}\\s*\\.\\s*prototype`).test(text)) return false;
  return nodesIn(root).some((node) => {
    const isMade = Node.isNewExpression(node);
    const isShared = Node.isPropertyAccessExpression(node) && node.getName() === 'prototype';
    return (isMade || isShared) && node.getExpression().getText() === name;
  });
}

/** `'use server'` and the like; `'use strict'` may move. */
function directiveOf(body: Node): string | undefined {
  const [first] = Node.isBlock(body) ? body.getStatements() : [];
  if (!Node.isExpressionStatement(first)) return undefined;
  const text = first.getExpression();
  const isDirective = Node.isStringLiteral(text) && text.getLiteralValue() !== 'use strict';
  return isDirective ? text.getText() : undefined;
}

/** Whether callers are given a promise, as far as the function itself shows. */
function returnsOf(fn: FunctionNode): Returns {
  if (fn.isAsync()) return 'promise';
  const type = fn.getReturnTypeNode();
  if (type) return isPromiseType(type) ? 'promise' : 'value';
  const body = fn.getBody();
  const returned = Node.isBlock(body)
    ? ownNodes(body)
        .filter(Node.isReturnStatement)
        .map((statement) => statement.getExpression())
    : [body];
  if (returned.every((one) => one === undefined)) return 'value';
  if (returned.every((one) => one && makesPromise(one))) return 'promise';
  return documentsPromise(fn) ? 'promise' : 'unclear';
}

const isPromiseType = (type: TypeNode): boolean => /^Promise(?:Like)?\s*</.test(type.getText());

/** `new Promise(…)`, `Promise.all(…)`, `x.then(…)`: a promise whatever else is known. */
function makesPromise(node: Node): boolean {
  if (Node.isNewExpression(node)) return node.getExpression().getText() === 'Promise';
  if (!Node.isCallExpression(node)) return false;
  const callee = node.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return false;
  return (
    /^(?:then|catch|finally)$/.test(callee.getName()) ||
    callee.getExpression().getText() === 'Promise'
  );
}

/** `@returns {Promise<User>}`, as JavaScript says it. */
function documentsPromise(fn: FunctionNode): boolean {
  const documented = [fn, ...fn.getAncestors()].find((node) => Node.isJSDocable(node));
  if (!Node.isJSDocable(documented)) return false;
  return documented
    .getJsDocs()
    .some((doc) => /@returns?\s*\{\s*Promise(?:Like)?\b/.test(doc.getText()));
}
