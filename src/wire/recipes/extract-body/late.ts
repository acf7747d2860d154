import { callables, type Callable, type ClassNode } from '../../callables.ts';
import { originOf } from '../../origin.ts';
import { receiverIn } from '../../free-names.ts';
import {
  Node,
  SyntaxKind,
  type ConstructorDeclaration,
  type MethodDeclaration,
  type Source,
} from '../../source.ts';
import { nodesOfKind, opensScope, ownNodes } from '../../walk.ts';
import type { Work } from './work.ts';

/**
 * Work that needs its object stays in the class, as a method of its own. The object gives that method to the consumer once it is made, and the consumer takes
 * no message before.
 */
export interface Late {
  readonly owner: ClassNode;
  /** The member of the class in which the work stands. */
  readonly member: Node;
  readonly isStatic: boolean;
  /** The method or field whose whole body the work is, which becomes the method by being split. */
  readonly split: Callable | undefined;
  readonly registration: Registration;
}

/** Where the class says that it does the work. */
export type Registration =
  /** At the end of what is there. */
  | {
      readonly in: 'constructor' | 'hook';
      readonly member: ConstructorDeclaration | MethodDeclaration;
    }
  /** In a member that is added: a constructor (of a subclass with the arguments of `base`), Nest's `onModuleInit`, or a static block. */
  | { readonly in: 'new-constructor'; readonly base: string | undefined }
  | { readonly in: 'new-hook' | 'static-block' };

/** Called by Nest once all that the class depends on is there, and never for what is made for each request. */
export const NEST_HOOK = 'onModuleInit';

export const ADVICE = 'give what it needs to an exported function and call that';

/** How the class of the work, which uses `reference` of it, can do it for a consumer; a reason when it cannot. */
export function lateOf(source: Source, work: Work, reference: string): Late | string {
  if (receiverIn(work.body).has('arguments')) return 'it uses `arguments`; name its parameters';
  if (receiverIn(work.body).has('new.target')) return 'it uses `new.target`';
  const member = memberAround(work.body);
  const owner = member?.getParent();
  if (!member || !isClass(owner)) return `it uses ${reference}; ${ADVICE}`;
  const name = owner.getName() ?? 'the class';
  const isStatic =
    Node.isClassStaticBlockDeclaration(member) || (Node.isStaticable(member) && member.isStatic());
  const registration = isStatic ? ({ in: 'static-block' } as const) : registrationOf(owner, name);
  if (typeof registration === 'string') {
    return `it uses ${reference}, and ${registration}; ${ADVICE}`;
  }
  const several = isStatic ? undefined : severalOf(source, owner);
  if (several !== undefined) return `it uses ${reference}, and ${several}; ${ADVICE}`;
  const split = callables(source).find(({ fn }) => fn === work.fn);
  const isWhole = split?.declaration === member && Node.isBlock(work.body);
  return { owner, member, isStatic, split: isWhole ? split : undefined, registration };
}

export const isClass = (node: Node | undefined): node is ClassNode =>
  Node.isClassDeclaration(node) || Node.isClassExpression(node);

/** The member of a class whose `this` the code has: only arrow functions stand between the two. */
function memberAround(code: Node): Node | undefined {
  const around = code
    .getAncestors()
    .find((node) => isClass(node.getParent()) || (opensScope(node) && !Node.isArrowFunction(node)));
  return isClass(around?.getParent()) ? around : undefined;
}

/** Where an object of the class is complete; a reason when that is not to be told. */
function registrationOf(owner: ClassNode, name: string): Registration | string {
  if (Node.isClassDeclaration(owner) && owner.isAbstract()) {
    return `\`${name}\` is abstract, so that each class that extends it would take the work of the others`;
  }
  const [constructor] = owner.getConstructors();
  const base = owner.getExtends();
  if (isNest(owner)) {
    if (SCOPED.test(decoratorsOf(owner).join(''))) return `\`${name}\` is made for each request`;
    const hook = owner.getInstanceMethod(NEST_HOOK);
    if (hook) {
      return endsEarly(hook)
        ? `\`${NEST_HOOK}\` of \`${name}\` may return early`
        : { in: 'hook', member: hook };
    }
    // What it extends may have one, which ours would hide.
    if (!base) return { in: 'new-hook' };
    if (hasInjectedFields(owner) || !constructor) {
      return `\`${name}\` has no \`${NEST_HOOK}\` of its own`;
    }
  }
  if (constructor) {
    return endsEarly(constructor)
      ? `the constructor of \`${name}\` may return early`
      : { in: 'constructor', member: constructor };
  }
  if (!base) return { in: 'new-constructor', base: undefined };
  const isPlain = base.getTypeArguments().length === 0 && Node.isIdentifier(base.getExpression());
  return isPlain && decoratorsOf(owner).length === 0
    ? { in: 'new-constructor', base: base.getExpression().getText() }
    : `\`${name}\` has no constructor of its own`;
}

const endsEarly = (member: ConstructorDeclaration | MethodDeclaration): boolean =>
  ownNodes(member.getBody()).some(Node.isReturnStatement);

const decoratorsOf = (owner: ClassNode) =>
  Node.isClassDeclaration(owner) ? owner.getDecorators().map((one) => one.getText()) : [];

const isNest = (owner: ClassNode): boolean =>
  Node.isClassDeclaration(owner) &&
  owner.getDecorators().some((one) => {
    const expression = one.getExpression();
    const callee = Node.isCallExpression(expression) ? expression.getExpression() : expression;
    return originOf(callee)?.module.startsWith('@nestjs/') === true;
  });

const SCOPED = /\bscope:\s*(?!Scope\.DEFAULT\b)/;

/** Nest sets these after the constructor. */
const hasInjectedFields = (owner: ClassNode): boolean =>
  owner.getProperties().some((property) => property.getDecorators().length > 0);

/** One consumer has one handler: objects that differ cannot share it. */
function severalOf(source: Source, owner: ClassNode): string | undefined {
  const name = owner.getName();
  if (name === undefined) return undefined;
  const made = nodesOfKind(source.root, [SyntaxKind.NewExpression]).filter(
    (node) => Node.isNewExpression(node) && node.getExpression().getText() === name,
  );
  return made.length > 1
    ? `${source.file.path} makes more than one \`${name}\`, of which a consumer would know only the last`
    : undefined;
}
