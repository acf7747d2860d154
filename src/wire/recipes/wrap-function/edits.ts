import { usesPrivateKeyword, type Callable } from '../../callables.ts';
import { call, list, width, type CodeStyle } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import { isJavaScript } from '../../javascript.ts';
import { freeName, upperFirst } from '../../names.ts';
import { Node, SyntaxKind, type Source } from '../../source.ts';
import { innerHead, recordSplit, type Inner } from '../../split.ts';
import { typeOfHolder } from './parameters.ts';
import type { Wrappable } from './reading.ts';

/** How the file calls the instance. */
export interface InstanceCall {
  /** The local name of the instance's function, e.g. `paymentBreaker.run`. */
  readonly callee: string;
  /** Its arguments, of which `$work` is the function that does the work. */
  readonly args: readonly string[];
  /** What is added to the function's name for the inner one. */
  readonly suffix: string;
}

/** The inner function in the words of the file. */
interface Original {
  readonly inner: Inner;
  /** `this.#chargeDirectly`, `chargeDirectly`. */
  readonly callee: string;
  /** It is to be given the `this` of the outer one by hand. */
  readonly passesThis: boolean;
}

/** Puts the instance in front: the function calls it, and its body becomes the inner function that the instance calls. */
export function recordWrapped(
  draft: Draft,
  wrappable: Wrappable,
  instance: { readonly camel: string },
  { callee, args, suffix }: InstanceCall,
): void {
  const { source, recorder, style } = draft;
  const { callable, parameters } = wrappable;
  const original = originalOf(source, wrappable, instance.camel, suffix);
  const direct = directCall(source, wrappable, original);
  for (const { pattern, name } of parameters.renamed) {
    recorder.replace(pattern.getStart(), pattern.getEnd(), name);
  }
  recordSplit(draft, callable, {
    answer: (indent, lead, end) => answer(style, indent, lead + callee, args, direct, end),
    head: (indent, tail) => innerHead(draft, indent, callable, original.inner, tail),
  });
}

function originalOf(
  source: Source,
  { callable, parameters, isStatic, usesThis }: Wrappable,
  camel: string,
  suffix: string,
): Original {
  const { fn, owner, name, object } = callable;
  const wanted = (name === 'default' ? camel : name) + upperFirst(suffix);
  const type = typeOfHolder(callable);
  const returned = fn.getReturnTypeNode()?.getText();
  const ofObject =
    object?.name === undefined || isJavaScript(source.file.path)
      ? undefined
      : `this: typeof ${object.name}`;
  const written = usesThis ? (parameters.receiver ?? ofObject) : undefined;
  const receiver = written === undefined ? [] : [written];
  const shape = {
    typeParameters: typeParametersText(source, callable),
    parameters: [...receiver, ...parameters.inner],
    returns: returned === undefined ? '' : `: ${returned.replace(/\r\n/g, '\n')}`,
    ...(type === undefined ? {} : { type: `: ${type}` }),
  };
  if (!owner) {
    const inner = { name: freeName(source, wanted), modifiers: '', ...shape };
    return { inner, callee: inner.name, passesThis: usesThis };
  }
  const isArrow = Node.isArrowFunction(fn);
  const className = owner.getName();
  // Whoever takes such a method off its object may go on calling it: the inner one needs no object either.
  const needsNoObject =
    !isArrow && !usesThis && className !== undefined && owner.getTypeParameters().length === 0;
  const isShared = isStatic || needsNoObject;
  const isHidden = isShared && isUnfitForHash(callable, usesThis && !isArrow);
  const keyword = !isJavaScript(source.file.path) && (usesPrivateKeyword(owner) || isHidden);
  const inner = {
    name: freeMember(callable, keyword ? wanted : `#${wanted}`),
    modifiers: `${keyword ? 'private ' : ''}${isShared ? 'static ' : ''}`,
    ...shape,
  };
  // A `#` static is not there on a subclass, which `this` may be.
  const byClass = isShared && !isArrow && className !== undefined && !(keyword && usesThis);
  return {
    inner,
    callee: `${byClass ? className : 'this'}.${inner.name}`,
    passesThis: byClass && usesThis,
  };
}

/** A static `#` is not allowed beside decorators of the class, and not to be found through a subclass. */
const isUnfitForHash = ({ owner }: Callable, usesThis: boolean): boolean =>
  usesThis ||
  owner?.getName() === undefined ||
  (Node.isClassDeclaration(owner) && owner.getDecorators().length > 0);

function freeMember({ owner }: Callable, wanted: string): string {
  const taken = (owner?.getMembers() ?? []).flatMap((member) =>
    Node.hasName(member) ? [member.getName()] : [],
  );
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken.includes(name)) return name;
  }
}

/** `<T extends object>` as it stands. */
function typeParametersText({ text }: Source, { fn }: Callable): string {
  if (fn.getTypeParameters().length === 0) return '';
  const open = fn.getFirstChildByKindOrThrow(SyntaxKind.LessThanToken).getStart();
  const close = fn.getFirstChildByKindOrThrow(SyntaxKind.GreaterThanToken).getEnd();
  return text.slice(open, close).replace(/\r\n/g, '\n');
}

/** The call of the inner function: what stands before its brackets, and its arguments. */
interface Direct {
  readonly head: string;
  readonly args: readonly string[];
}

function directCall(
  source: Source,
  { callable, parameters }: Wrappable,
  { callee, passesThis }: Original,
): Direct {
  if (passesThis) return { head: `${callee}.call`, args: ['this', ...parameters.passed] };
  const types = callable.fn.getTypeParameters().map((one) => one.getName());
  const isGeneric = types.length > 0 && !isJavaScript(source.file.path);
  return { head: callee + (isGeneric ? `<${types.join(', ')}>` : ''), args: parameters.passed };
}

/** `return breaker.run(() => this.#chargeDirectly(amount));`, broken as Prettier does where it is too long. */
function answer(
  style: CodeStyle,
  indent: string,
  head: string,
  args: readonly string[],
  direct: Direct,
  end: string,
): string {
  const last = args.at(-1);
  const work = `${direct.head}(${direct.args.join(', ')})`;
  if (last !== '$work') {
    const all = args.map((one) => one.replace('$work', () => `() => ${work}`));
    return list(style, indent, head, all, end).slice(indent.length);
  }
  const parameters = [...args.slice(0, -1), '()'].join(', ');
  const inner = indent + style.tab;
  const first = `${indent}${head}(${parameters} =>`;
  const comma = style.trailingCommas === 'all' ? ',' : '';
  const line = `${first} ${work})${end}`;
  const isShort = width(line) <= style.printWidth || width(first) > style.printWidth;
  if (isShort || direct.args.length === 0) {
    return call(style, indent, head, { parameters, body: work }, end).slice(indent.length);
  }
  const broken = list(style, inner, direct.head, direct.args, comma);
  return `${first}\n${broken}\n${indent})${end}`.slice(indent.length);
}
