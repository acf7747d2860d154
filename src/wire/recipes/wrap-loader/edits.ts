import type { Draft } from '../../draft.ts';
import { usesPrivateKeyword, type ClassNode } from '../../callables.ts';
import { call, endBefore, list, width, type Argument, type CodeStyle } from '../../code.ts';
import { isJavaScript } from '../../javascript.ts';
import { freeName, lowerFirst, upperFirst } from '../../names.ts';
import { usesOwnThis } from '../../objects.ts';
import {
  Node,
  indentAt,
  startWithComments,
  type ParameterDeclaration,
  type PropertyDeclaration,
  type Source,
  type TypeNode,
} from '../../source.ts';
import { innerHead, recordSplit as splitFunction } from '../../split.ts';
import { hasBlankLine, lineContentEnd } from '../../trivia.ts';
import { withoutVerb, type Loader } from './loader.ts';

/** How the file will speak of the cache and of the function that it loads with. */
export interface Names {
  /** In declarations: `#byId`, `byIdCache`, `userCache`. */
  readonly cache: string;
  readonly load: string;
  /** In expressions: `this.#byId`. */
  readonly cacheExpression: string;
  readonly loadExpression: string;
  /** The object that the loading function is called on with `call`, where it uses `this` of an object literal. */
  readonly receiver?: string;
  /** `private ` where the class uses that instead of `#`. */
  readonly access: string;
}

export function namesFor(source: Source, loader: Loader, instance: { camel: string }): Names {
  const { owner, name, object, fn } = loader.callable;
  const rest = name === 'default' ? loader.entity : withoutVerb(name);
  if (!owner) {
    const cache = freeName(source, `${instance.camel}Cache`);
    // Out of its object the function has to say itself what it loads.
    const what = object ? rest.replace(/^(?=By[A-Z])/, loader.entity) : rest;
    const plain = `load${what || upperFirst(instance.camel)}`;
    const load = freeName(source, plain === name ? `${plain}Uncached` : plain);
    const receiver = object?.name !== undefined && usesOwnThis(fn) ? object.name : undefined;
    return {
      cache,
      load,
      cacheExpression: cache,
      loadExpression: receiver === undefined ? load : `${load}.call`,
      access: '',
      ...(receiver === undefined ? {} : { receiver }),
    };
  }
  const taken = owner
    .getMembers()
    .flatMap((member) => (Node.hasName(member) ? [member.getName()] : []));
  const free = (...wanted: readonly string[]) =>
    wanted.find((one) => !taken.includes(one)) ?? `${wanted.at(-1) ?? ''}2`;
  const what = lowerFirst(rest);
  const [cache, load, access] = usesPrivateKeyword(owner)
    ? [
        free(what ? `${what}Cache` : 'cache', `${instance.camel}Cache`),
        free(`load${rest}Uncached`),
        'private ',
      ]
    : [
        free(`#${what || 'cache'}`, `#${instance.camel}Cache`),
        free(`#load${rest}`, `#load${rest}Uncached`),
        '',
      ];
  // A private static is not there on a subclass, which `this` may be.
  const holder = (loader.isStatic && owner.getName()) || 'this';
  return {
    cache,
    load,
    cacheExpression: `${holder}.${cache}`,
    loadExpression: `${holder}.${load}`,
    access,
  };
}

/** Declares the cache: a field of the class, or a constant above the function. */
export function recordCache(
  { source, recorder, style }: Draft,
  loader: Loader,
  names: Names,
  factory: string,
): void {
  const { owner, declaration, object } = loader.callable;
  const loadArgument = loadFunction(style, loader, names);
  if (!owner) {
    const at = startWithComments(source, object?.statement ?? declaration);
    const head = `const ${names.cache} = ${factory}`;
    recorder.insert(at, `${call(style, '', head, loadArgument, style.end)}\n\n`);
    return;
  }
  const [first] = owner.getMembers();
  const indent = indentAt(source, declaration.getStart());
  const modifiers = `${names.access}${loader.isStatic ? 'static ' : ''}${isJavaScript(source.file.path) ? '' : 'readonly '}`;
  const head = `${modifiers}${names.cache} = ${factory}`;
  const fields = leadingFields(owner);
  const last = fields.at(-1);
  if (last) {
    const at = lineContentEnd(source.text, last.getEnd());
    const following = source.text.slice(at);
    const end = endBefore(style, following);
    const previous = fields.at(-2);
    const gap =
      previous && hasBlankLine(source.text, previous.getEnd(), last.getStart()) ? '\n' : '';
    recorder.insert(at, `${gap}\n${call(style, indent, head, loadArgument, end)}`);
  } else if (first) {
    const at = startWithComments(source, first);
    const end = endBefore(style, source.text.slice(at));
    const line = call(style, indent, head, loadArgument, end).slice(indent.length);
    recorder.insert(at, `${line}\n\n${indent}`);
  }
}

/** The fields with which the class begins: state, not functions. */
function leadingFields(owner: ClassNode): readonly PropertyDeclaration[] {
  const fields: PropertyDeclaration[] = [];
  for (const member of owner.getMembers()) {
    if (!Node.isPropertyDeclaration(member)) break;
    const value = member.getInitializer();
    if (Node.isArrowFunction(value) || Node.isFunctionExpression(value)) break;
    fields.push(member);
  }
  return fields;
}

/** What the cache loads with, e.g. `(id) => this.#loadById(id)`. */
function loadFunction(style: CodeStyle, loader: Loader, names: Names): Argument {
  const { key, signal, absence, callable } = loader;
  const isHoisted =
    Node.isFunctionDeclaration(callable.fn) ||
    (callable.object !== undefined && Node.isMethodDeclaration(callable.fn));
  const direct = isHoisted && names.receiver === undefined && signal?.as !== 'option';
  if (direct && absence !== 'null') return names.load;
  const passed = { argument: 'signal', option: style.braces('signal') };
  const args = [
    ...(names.receiver === undefined ? [] : [names.receiver]),
    key.name,
    ...(signal ? [passed[signal.as]] : []),
  ].join(', ');
  const parameters = signal ? `(${key.name}, signal)` : style.arrowParameter(key.name);
  const loaded = `${names.loadExpression}(${args})`;
  return absence === 'null'
    ? { parameters: `async ${parameters}`, body: `(await ${loaded}) ?? undefined` }
    : { parameters, body: loaded };
}

/** Lets the function look into the cache, and its body load for it. */
export function recordSplit(draft: Draft, loader: Loader, names: Names): void {
  const { style } = draft;
  splitFunction(draft, loader.callable, {
    answer: (indent, lead, end) => lookup(style, indent, lead, loader, names, end),
    head: (indent, tail) => loaderHead(draft, indent, loader, names, tail),
  });
}

/** The lookup, with the types and the "not found" that the callers know, broken as Prettier does where it is too long. */
function lookup(
  style: CodeStyle,
  indent: string,
  lead: string,
  loader: Loader,
  names: Names,
  end: string,
): string {
  const { key, signal, absence, isAsync, entity, value } = loader;
  const cache = names.cacheExpression;
  const args = [key.name, ...(signal ? [optionsFor(style, signal)] : [])];
  const type = value.map((one) => one.getText()).join(' | ');
  const inner = indent + style.tab;
  const get = `${cache}.get(${args.join(', ')})`;
  const fits = (text: string) => width(indent + lead + text + end) <= style.printWidth;
  const call = (before: string, after: string) =>
    list(style, indent, `${lead}${before}${cache}.get`, args, after + end).slice(indent.length);
  if (absence === 'undefined') return call('', '');
  if (absence === 'never') {
    return isAsync ? call('(await ', `) as ${type}`) : call('', ` as Promise<${type}>`);
  }
  if (isAsync) {
    const found = `(await ${get}) ?? null`;
    if (fits(found) || lead === '') return `${lead}${found}${end}`;
    return `${lead}(\n${inner}${found}\n${indent})${end}`;
  }
  const found = lowerFirst(entity) === key.name ? 'found' : lowerFirst(entity);
  const then = `.then(${style.arrowParameter(found)} => ${found} ?? null)`;
  if (fits(get + then)) return `${lead}${get}${then}${end}`;
  return `${lead}${cache}\n${inner}.get(${args.join(', ')})\n${inner}${then}${end}`;
}

function optionsFor(style: CodeStyle, signal: NonNullable<Loader['signal']>): string {
  const { as, name, optional } = signal;
  if (as === 'option') return name;
  const option = style.braces(name === 'signal' ? name : `signal: ${name}`);
  return optional ? `${name} && ${option}` : option;
}

/** The loading function up to its body: the same parameters and the same return type. */
function loaderHead(
  draft: Draft,
  indent: string,
  { callable, isStatic }: Loader,
  names: Names,
  tail: string,
): string {
  const { fn } = callable;
  const isTyped = !isJavaScript(draft.source.file.path);
  const receiver =
    names.receiver !== undefined && isTyped ? [`this: typeof ${names.receiver}`] : [];
  const inner = {
    name: names.load,
    modifiers: `${names.access}${isStatic ? 'static ' : ''}`,
    parameters: [...receiver, ...fn.getParameters().map(parameterText)],
    returns: annotation(fn.getReturnTypeNode()),
  };
  return innerHead(draft, indent, callable, inner, tail);
}

const parameterText = (parameter: ParameterDeclaration): string => {
  const optional = parameter.hasQuestionToken() ? '?' : '';
  return `${parameter.getName()}${optional}${annotation(parameter.getTypeNode())}`;
};

const annotation = (type: TypeNode | undefined): string => (type ? `: ${type.getText()}` : '');
