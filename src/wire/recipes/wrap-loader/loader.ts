import {
  callables,
  isDeclaredWithOthers,
  type Callable,
  type FunctionNode,
} from '../../callables.ts';
import { isJavaScript } from '../../javascript.ts';
import { lowerFirst, upperFirst } from '../../names.ts';
import { boundToObject } from '../../objects.ts';
import { Node, type ParameterDeclaration, type Source, type TypeNode } from '../../source.ts';

/** A function that loads one value by its key, and can so be put behind a cache. */
export interface Loader {
  readonly callable: Callable;
  readonly key: {
    readonly name: string;
    /** Undefined in JavaScript. */
    readonly type: TypeNode | undefined;
    /** The key as a string. */
    readonly expression: string;
    /** Some key, as source. */
    readonly sample: string;
  };
  /** How it takes an `AbortSignal`: not at all, as its second argument, or as `options.signal`. */
  readonly signal:
    | { readonly as: 'argument' | 'option'; readonly name: string; readonly optional: boolean }
    | undefined;
  /** The types in `Promise<…>` without those that say "not found"; none in JavaScript. */
  readonly value: readonly TypeNode[];
  /** What stands for "not found": `undefined`, `null`, or nothing because it throws. */
  readonly absence: 'undefined' | 'null' | 'never';
  readonly isAsync: boolean;
  readonly isStatic: boolean;
  /** What it loads, e.g. `User`; a guess from the names where the type has none. */
  readonly entity: string;
}

export type LoaderReading =
  { readonly ok: true; readonly loader: Loader } | { readonly ok: false; readonly reason: string };

const VERB = /^(?:find|get|fetch|load|read|retrieve|lookup|query|select)(?=[A-Z_]|$)/;

/** `ById` of `findById`; all of a name that begins with no such verb. */
export const withoutVerb = (name: string): string => {
  const rest = name.replace(VERB, '');
  return VERB.test(name) ? rest : name.slice(0, 1).toUpperCase() + name.slice(1);
};

/** Whether its name says that it loads something. */
export const soundsLikeLoader = (name: string): boolean => VERB.test(name);

/** Decides whether a function can be put behind a cache, and says why not in words for its owner. */
export function readLoader(callable: Callable): LoaderReading {
  const { fn } = callable;
  const refuse = (reason: string): LoaderReading => ({ ok: false, reason });

  if (!fn.getBody()) return refuse('it has no body');
  if (isGenerator(fn)) return refuse('it is a generator; a cache keeps one value, not a stream');
  if (isDeclaredWithOthers(callable)) {
    return refuse('it is declared together with others; give it a declaration of its own');
  }
  if (isOverloaded(fn)) return refuse('it has overloads; wrap the one that loads by key');
  if (fn.getTypeParameters().length > 0) {
    return refuse('it has type parameters; a cache keeps values of one type');
  }
  if (isTransactional(fn))
    return refuse('it runs in a transaction, where reads must not be cached');

  const [keyParameter, second, ...more] = fn.getParameters();
  if (!keyParameter) return refuse('it takes no key to load by');
  const transaction = fn.getParameters().find(isTransactionParameter);
  if (transaction) {
    return refuse(
      `it takes part in a transaction (\`${transaction.getName()}\`), where reads must not be cached`,
    );
  }
  const key = readKey(keyParameter);
  if (typeof key === 'string') return refuse(key);
  const signal = second ? readSignal(second) : undefined;
  if (more.length > 0 || (second && !signal)) {
    const extra = [second, ...more].map((one) => `\`${one?.getName()}\``).join(', ');
    return refuse(
      `it takes more than one key and an AbortSignal (${extra}); a cache entry is found by one key`,
    );
  }
  const value = readValue(fn);
  if (typeof value === 'string') return refuse(value);
  const bound = callable.object && boundToObject(fn, callable.object);
  if (bound !== undefined) return refuse(bound);
  return {
    ok: true,
    loader: {
      callable,
      key,
      signal,
      ...value,
      isAsync: fn.isAsync(),
      isStatic:
        (Node.isMethodDeclaration(callable.declaration) ||
          Node.isPropertyDeclaration(callable.declaration)) &&
        callable.declaration.isStatic(),
      entity: entityOf(callable, value.value),
    },
  };
}

export const isGenerator = (fn: FunctionNode): boolean =>
  !Node.isArrowFunction(fn) && fn.isGenerator();

const isOverloaded = (fn: FunctionNode): boolean =>
  (Node.isMethodDeclaration(fn) || Node.isFunctionDeclaration(fn)) && fn.getOverloads().length > 0;

const isTransactional = (fn: FunctionNode): boolean =>
  Node.isMethodDeclaration(fn) &&
  fn.getDecorators().some((decorator) => /^Transaction/.test(decorator.getName()));

const TRANSACTION_TYPE =
  /(?:Transaction|EntityManager|PoolClient|QueryRunner|ClientSession|TransactionClient|\bTrx|\bTx)\b/;
const TRANSACTION_NAME = /^(?:tx|trx|transaction|queryRunner|entityManager)$/;

/** A parameter through which the caller's transaction comes in. */
export const isTransactionParameter = (parameter: ParameterDeclaration): boolean =>
  TRANSACTION_TYPE.test(parameter.getTypeNode()?.getText() ?? '') ||
  TRANSACTION_NAME.test(parameter.getName());

const KEY_NAME = /(?:id|key|uuid|slug|code|sku|email|name|number|token|handle)$/i;

function readKey(parameter: ParameterDeclaration): Loader['key'] | string {
  const name = parameter.getName();
  const type = parameter.getTypeNode();
  if (!Node.isIdentifier(parameter.getNameNode())) {
    return 'it takes an object apart instead of taking one key';
  }
  if (parameter.isRestParameter()) return `\`...${name}\` is a list; a cache entry has one key`;
  if (parameter.isOptional()) return `its key \`${name}\` may be left out`;
  if (!type && isJavaScript(parameter.getSourceFile().getFilePath())) {
    return { name, type, expression: `String(${name})`, sample: "'1'" };
  }
  if (!type) return `the type of its key \`${name}\` is not written; write it`;
  const primitive = primitiveOf(type);
  if (primitive?.isString) return { name, type, expression: name, sample: primitive.sample };
  // An object as key would be "[object Object]" for each of them.
  const named = isNamedKey(type);
  if (primitive || named) {
    const sample = primitive?.sample ?? "'1' as never";
    return { name, type, expression: `String(${name})`, sample };
  }
  return `its key \`${name}: ${type.getText()}\` is not a string, number or bigint`;
}

/** `UserId`, `User['id']`: named like a key, so taken to be a string, a number or something with a text of its own. */
function isNamedKey(type: TypeNode): boolean {
  if (Node.isTypeReference(type)) return KEY_NAME.test(type.getText());
  if (!Node.isIndexedAccessTypeNode(type)) return false;
  return KEY_NAME.test(type.getIndexTypeNode().getText().replace(/['"]/g, ''));
}

interface Primitive {
  readonly isString: boolean;
  readonly sample: string;
}

function primitiveOf(type: TypeNode): Primitive | undefined {
  const text = type.getText();
  if (Node.isUnionTypeNode(type)) {
    const parts = type.getTypeNodes().map(primitiveOf);
    const known = parts.filter((part) => part !== undefined);
    const [first] = known;
    if (!first || known.length < parts.length) return undefined;
    return { isString: known.every((part) => part.isString), sample: first.sample };
  }
  if (text === 'string') return { isString: true, sample: "'1'" };
  if (text === 'number') return { isString: false, sample: '1' };
  if (text === 'bigint') return { isString: false, sample: '1n' };
  if (Node.isTemplateLiteralTypeNode(type)) return { isString: true, sample: "'1' as never" };
  if (!Node.isLiteralTypeNode(type)) return undefined;
  return { isString: Node.isStringLiteral(type.getLiteral()), sample: text };
}

function readSignal(parameter: ParameterDeclaration): Loader['signal'] {
  const type = parameter.getTypeNode();
  const name = parameter.getName();
  const optional = parameter.hasQuestionToken();
  const value = parameter.getInitializer()?.getText();
  if (!type || !Node.isIdentifier(parameter.getNameNode())) return undefined;
  if (value !== undefined && value !== '{}') return undefined;
  if (type.getText() === 'AbortSignal') return { as: 'argument', name, optional };
  if (!Node.isTypeLiteral(type)) return undefined;
  const [member, ...others] = type.getMembers();
  const isSignal = Node.isPropertySignature(member) && member.getName() === 'signal';
  return isSignal && others.length === 0 ? { as: 'option', name, optional } : undefined;
}

const STREAM =
  /^(?:NodeJS\.)?(?:Readable|ReadableStream|AsyncIterable|AsyncIterableIterator|AsyncGenerator|AsyncIterator|Observable|Response|IncomingMessage)\b/;

function readValue(fn: FunctionNode): Pick<Loader, 'value' | 'absence'> | string {
  const returned = fn.getReturnTypeNode();
  if (!returned && isJavaScript(fn.getSourceFile().getFilePath())) {
    // Without types the keyword is all that tells a promise.
    if (fn.isAsync()) return { value: [], absence: 'undefined' };
    return 'it is not async; a cache answers with a promise, so its callers would have to change';
  }
  if (!returned) {
    return 'the type that it returns is not written; write it, e.g. `Promise<User | undefined>`';
  }
  const text = returned.getText();
  if (STREAM.test(text)) return `it returns a stream (\`${text}\`), which can be read only once`;
  const promised =
    Node.isTypeReference(returned) && returned.getTypeName().getText() === 'Promise'
      ? returned.getTypeArguments()[0]
      : undefined;
  if (!promised) {
    return `it returns \`${text}\`, not a promise; a cache answers with a promise, so its callers would have to change`;
  }
  const parts = Node.isUnionTypeNode(promised) ? promised.getTypeNodes() : [promised];
  const isUndefined = (type: TypeNode) => type.getText() === 'undefined';
  const isNull = (type: TypeNode) => type.getText() === 'null';
  // Where both occur, null is kept as a value: only undefined means that there is nothing.
  const absence = parts.some(isUndefined) ? 'undefined' : parts.some(isNull) ? 'null' : 'never';
  const value = parts.filter((type) => !(absence === 'null' ? isNull(type) : isUndefined(type)));
  if (value.length === 0 || value.every((type) => /^(?:void|never)$/.test(type.getText()))) {
    return `it returns \`${text}\`, which has no value to keep`;
  }
  const stream = value.find((type) => STREAM.test(type.getText()));
  if (stream) {
    return `it returns a stream (\`${stream.getText()}\`), which can be read only once`;
  }
  return { value, absence };
}

const ROLE = /(?:Repository|Repo|Dao|Store|Gateway|Service|Client|Api|Model)$/;

/** Types that only say that something may be missing. */
const MAYBE = /^(?:Nullable(?:Type)?|Maybe|Option(?:al)?|Undefinable)$/;

/** `User` of `User`, `Maybe<User>`, `User & Stored` and `schema.User`; undefined for a type without a name of its own. */
export function namedType(type: TypeNode | undefined): string | undefined {
  if (Node.isIntersectionTypeNode(type)) return namedType(type.getTypeNodes()[0]);
  if (!Node.isTypeReference(type)) return undefined;
  const [inner, ...more] = type.getTypeArguments();
  if (inner && more.length === 0 && MAYBE.test(type.getTypeName().getText()))
    return namedType(inner);
  return inner ? undefined : type.getText();
}

/** The one type that is loaded, `null` apart. */
export function soleType(value: readonly TypeNode[]): TypeNode | undefined {
  const [type, ...others] = value.filter((one) => one.getText() !== 'null');
  return others.length === 0 ? type : undefined;
}

/** `User` of `UserRepository`, and of an object `users` or `userRepository`. */
function ownerName({ owner, object }: Callable): string | undefined {
  const ofObject = /^[\w$]+$/.exec(object?.name ?? '')?.[0];
  return (
    owner?.getName()?.replace(ROLE, '') ??
    (ofObject &&
      upperFirst(ofObject)
        .replace(ROLE, '')
        .replace(/ies$/, 'y')
        .replace(/(?<!s)s$/, ''))
  );
}

/** Name of the loaded type; else what the class or function is named after. */
function entityOf(callable: Callable, value: readonly TypeNode[]): string {
  const named = namedType(soleType(value))?.split('.').at(-1);
  const owner = ownerName(callable);
  const rest = withoutVerb(callable.name).replace(/By[A-Z]\w*$|^One$/, '');
  return named ?? (owner || rest || 'Value');
}

/** Instance name for a loader: `user` for `UserRepository.findById` and `loadUser`, `userByEmail` for `UserRepository.findByEmail`. */
export function suggestedName({ callable, entity }: Loader): string {
  if (callable.name === 'default') return lowerFirst(entity);
  const owner = ownerName(callable);
  const rest = withoutVerb(callable.name).replace(/^One$/, '');
  const by = /By(?!Id$)[A-Z]\w*$/.exec(rest)?.[0] ?? '';
  return lowerFirst((rest.replace(/By[A-Z]\w*$/, '') || owner || entity) + by);
}

/** All functions of the file that can be put behind a cache, by their looks and by their names. */
export const loaders = (source: Source): readonly Loader[] =>
  callables(source)
    .filter(({ name }) => soundsLikeLoader(name))
    .flatMap((callable) => {
      const reading = readLoader(callable);
      return reading.ok ? [reading.loader] : [];
    });
