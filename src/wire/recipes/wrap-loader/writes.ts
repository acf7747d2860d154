import { callables, type Callable } from '../../callables.ts';
import { isJavaScript } from '../../javascript.ts';
import { lowerFirst } from '../../names.ts';
import { Node, type ParameterDeclaration, type Source, type TypeNode } from '../../source.ts';
import { isStored, mayWrite } from './effects.ts';
import {
  isGenerator,
  isTransactionParameter,
  namedType,
  soleType,
  soundsLikeLoader,
  type Loader,
} from './loader.ts';
import { ownNodes } from '../../walk.ts';

/** A function beside the loader after which the cached copy is out of date. */
export type Write =
  | {
      readonly callable: Callable;
      readonly clear: true;
      /** What to invalidate: an expression over the parameters, or a property of what the write returns. */
      readonly id: {
        readonly of: 'parameter' | 'result';
        readonly text: string;
        /** The expression is a list: of keys, or of what has the key as a property. */
        readonly list?: { readonly of: 'keys' } | { readonly of: string; readonly key: string };
      };
    }
  | {
      readonly callable: Callable;
      readonly clear: false;
      readonly reason: string;
      /** It cannot name the cache. */
      readonly isOutOfReach?: boolean;
    };

export type WriteId = Extract<Write, { clear: true }>['id'];

const WRITE =
  /^(create|insert|add|update|upsert|save|store|put|patch|replace|rename|change|set|delete|remove|destroy|archive|restore|activate|deactivate)(?=[A-Z_]|$)/;
const CREATES = /^(?:create|insert|add)(?=[A-Z_]|$)/;
/** These say that something is stored even where the signature does not say that it takes time. */
const SURELY_WRITE = /^(?:create|insert|update|upsert|save|delete|remove|destroy)/;

/** The writes in the loader's class or object, or in its file when it is a function, in the order of the file. */
export function writesBeside(source: Source, loader: Loader): readonly Write[] {
  const { owner, fn, object } = loader.callable;
  const siblings = callables(source).filter(
    (one) => one.owner === owner && one.object?.literal === object?.literal && one.fn !== fn,
  );
  return siblings
    .filter((one) => isWrite(one) && isAbout(one, loader))
    .map((callable) => readWrite(callable, loader));
}

/** Whether it changes what is stored, by its name or by what it calls. */
export function isWrite({ name, fn }: Callable): boolean {
  if (!fn.getBody() || isGenerator(fn)) return false;
  const promises = fn.isAsync() || /^Promise\b/.test(fn.getReturnTypeNode()?.getText() ?? '');
  if (WRITE.test(name) && promises) return true;
  if (SURELY_WRITE.test(name) && ownNodes(fn.getBody()).some(Node.isCallExpression)) return true;
  return !soundsLikeLoader(name) && storesSomething(fn);
}

/** For a write under another name, such as `cancel`: it runs a statement or calls a method that changes data. */
const storesSomething = (fn: Callable['fn']): boolean => fn.getDescendants().some(isStored);

/** A class is about one kind of thing, as is an object with a name; a file of functions may hold several, so there the name has to say which. */
function isAbout({ name, owner, object }: Callable, { entity }: Loader): boolean {
  if (owner || /^[\w$]+$/.test(object?.name ?? '')) return true;
  const rest = name.replace(WRITE, '');
  return rest === '' || rest.includes(entity);
}

/** Whether all that a function writes it writes by calling others of these: they invalidate. */
export function isDelegate({ fn, object }: Callable, writes: readonly Callable[]): boolean {
  const others = writes.filter((write) => write.fn !== fn);
  const writing = ownNodes(fn.getBody()).filter(
    (node) =>
      (Node.isCallExpression(node) || Node.isTaggedTemplateExpression(node)) && mayWrite(node),
  );
  return writing.length > 0 && writing.every((call) => callsOneOf(call, others, object?.name));
}

/** Whether a statement does nothing but wait for one of these. */
export function waitsForOneOf(
  statement: Node,
  { object }: Callable,
  writes: readonly Callable[],
): boolean {
  const awaited = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
  return (
    Node.isAwaitExpression(awaited) && callsOneOf(awaited.getExpression(), writes, object?.name)
  );
}

/** `this.save(…)`, `saveUser(…)`, `users.save(…)`. */
function callsOneOf(call: Node, writes: readonly Callable[], holder = ''): boolean {
  if (!Node.isCallExpression(call)) return false;
  const called = call.getExpression().getText();
  const own = holder === '' ? called : called.replace(`${holder}.`, '');
  const name = own.replace(/^this\./, '');
  return writes.some(({ symbol }) => (symbol.split('.').at(-1) ?? symbol) === name);
}

function readWrite(callable: Callable, loader: Loader): Write {
  const { fn, declaration } = callable;
  const unclear = (reason: string): Write => ({ callable, clear: false, reason });
  const transaction = fn.getParameters().find(isTransactionParameter);
  if (transaction) {
    return unclear(
      `it writes in the caller's transaction (\`${transaction.getName()}\`); invalidate where that has committed`,
    );
  }
  const isStatic =
    (Node.isMethodDeclaration(declaration) || Node.isPropertyDeclaration(declaration)) &&
    declaration.isStatic();
  if (isStatic !== loader.isStatic) {
    const reason = isStatic ? 'it is static, the cache is not' : 'it is not static, the cache is';
    return { callable, clear: false, reason, isOutOfReach: true };
  }
  // What is created has its id only afterwards, whatever the type of the input says.
  const ofResult: Write = { callable, clear: true, id: { of: 'result', text: propertyOf(loader) } };
  const givesEntity = returnsEntity(callable, loader);
  if (givesEntity && CREATES.test(callable.name)) return ofResult;
  for (const parameter of fn.getParameters()) {
    const id = idFrom(parameter, callable, loader);
    if (id !== undefined) return { callable, clear: true, id: { of: 'parameter', ...id } };
  }
  if (givesEntity) return ofResult;
  return unclear('its parameters do not say which entry it changes');
}

/** The expression for the cache's key in a parameter of a write, if it is certain. */
function idFrom(
  parameter: ParameterDeclaration,
  { fn }: Callable,
  loader: Loader,
): Pick<WriteId, 'text' | 'list'> | undefined {
  const property = propertyOf(loader);
  const pattern = parameter.getNameNode();
  if (parameter.isOptional() && !parameter.isRestParameter()) return undefined;
  if (Node.isObjectBindingPattern(pattern)) {
    const element = pattern
      .getElements()
      .find((one) => (one.getPropertyNameNode() ?? one.getNameNode()).getText() === property);
    return element && !element.hasInitializer() ? { text: element.getName() } : undefined;
  }
  const name = parameter.getName();
  if (!Node.isIdentifier(pattern) || isRedeclared(fn, name)) return undefined;
  const type = parameter.getTypeNode();
  const key = loader.key.type?.getText();
  if (keyNames(loader).includes(name) && (!type || type.getText() === key)) return { text: name };
  const element = elementType(type);
  if (element) {
    if (element.getText() === key) {
      const isKeys = keyNames(loader).some((one) => `${one}s` === name);
      return isKeys ? { text: name, list: { of: 'keys' } } : undefined;
    }
    const one = lowerFirst(loader.entity);
    const certain = isEntity(element, loader) && declares(element, property) !== false;
    return certain ? { text: name, list: { of: one, key: property } } : undefined;
  }
  // Without types the name says what it is.
  const isNamed = !type && isJavaScript(fn.getSourceFile().getFilePath());
  if (isNamed && name === lowerFirst(loader.entity)) return { text: `${name}.${property}` };
  if (!type || !hasProperty(parameter, type, fn, loader)) return undefined;
  return { text: `${name}.${property}` };
}

/** What a parameter is called that is the cache's key. */
function keyNames({ key, entity }: Loader): readonly string[] {
  const property = propertyName(key.name, entity);
  return [
    key.name,
    property,
    lowerFirst(entity) + property.slice(0, 1).toUpperCase() + property.slice(1),
  ];
}

/** The property of the entity that is the key: `id` for `findById(id)`, `findById(userId)`, `findUser(id)`; `email` for `findByEmail(address)`. */
export function propertyOf({ callable, key, entity }: Loader): string {
  const by = /By([A-Z]\w*)$/.exec(callable.name)?.[1];
  return by ? lowerFirst(by) : propertyName(key.name, entity);
}

function propertyName(key: string, entity: string): string {
  const prefix = lowerFirst(entity);
  return key.startsWith(prefix) && key.length > prefix.length
    ? lowerFirst(key.slice(prefix.length))
    : key;
}

/** `User` of `User[]`, `readonly User[]`, `Array<User>`, `ReadonlyArray<User>`. */
function elementType(type: TypeNode | undefined): TypeNode | undefined {
  if (Node.isTypeOperatorTypeNode(type)) return elementType(type.getTypeNode());
  if (Node.isArrayTypeNode(type)) return type.getElementTypeNode();
  if (!Node.isTypeReference(type)) return undefined;
  return /^(?:Readonly)?Array$/.test(type.getTypeName().getText())
    ? type.getTypeArguments()[0]
    : undefined;
}

const isEntity = (type: TypeNode, { value }: Loader): boolean => {
  const loaded = soleType(value);
  return loaded?.getText() === type.getText() || namedType(loaded) === type.getText();
};

/** The parameter is the loaded type itself, or declares the property, or the write reads that property from it. */
function hasProperty(
  parameter: ParameterDeclaration,
  type: TypeNode,
  fn: Callable['fn'],
  loader: Loader,
): boolean {
  const property = propertyOf(loader);
  // What these leave out or make optional cannot be told without their argument.
  if (/^(?:Partial|Omit|Pick|DeepPartial)\b/.test(type.getText())) return false;
  const declared = declares(type, property);
  if (declared !== undefined) return declared;
  if (isEntity(type, loader) && !/^key$/.test(property)) return true;
  return ownNodes(fn.getBody()).some(
    (node) =>
      Node.isPropertyAccessExpression(node) &&
      !node.hasQuestionDotToken() &&
      node.getText() === `${parameter.getName()}.${property}`,
  );
}

/** Whether a type that is declared in this file has the property for certain; undefined when it is declared elsewhere. */
function declares(type: TypeNode, property: string): boolean | undefined {
  if (Node.isTypeLiteral(type)) return requires(type.getMembers(), property);
  if (!Node.isTypeReference(type)) return undefined;
  const [declaration] = type.getTypeName().getSymbol()?.getDeclarations() ?? [];
  if (Node.isInterfaceDeclaration(declaration) || Node.isClassDeclaration(declaration)) {
    const own = requires(declaration.getMembers(), property);
    const parents = Node.isInterfaceDeclaration(declaration)
      ? declaration.getExtends()
      : (declaration.getExtends() ?? []);
    const inherits = Array.isArray(parents) ? parents.length > 0 : true;
    return own || !inherits ? own : undefined;
  }
  if (!Node.isTypeAliasDeclaration(declaration)) return undefined;
  const aliased = declaration.getTypeNode();
  return Node.isTypeLiteral(aliased) ? requires(aliased.getMembers(), property) : undefined;
}

const requires = (members: readonly Node[], property: string): boolean =>
  members.some((member) =>
    Node.isConstructorDeclaration(member)
      ? member
          .getParameters()
          .some((one) => one.isParameterProperty() && one.getName() === property)
      : (Node.isPropertySignature(member) || Node.isPropertyDeclaration(member)) &&
        member.getName() === property &&
        !member.hasQuestionToken(),
  );

function returnsEntity({ fn }: Callable, loader: Loader): boolean {
  const returned = fn.getReturnTypeNode();
  if (!Node.isTypeReference(returned) || returned.getTypeName().getText() !== 'Promise')
    return false;
  const [type] = returned.getTypeArguments();
  return (
    type !== undefined && isEntity(type, loader) && declares(type, propertyOf(loader)) !== false
  );
}

/** A variable of the same name somewhere within makes the name uncertain at the end. */
const isRedeclared = (fn: Callable['fn'], name: string): boolean =>
  ownNodes(fn.getBody()).some(
    (node) => Node.isVariableDeclaration(node) && node.getName() === name,
  );
