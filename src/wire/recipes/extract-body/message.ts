import type { FreeName } from '../../free-names.ts';
import { isJavaScript } from '../../javascript.ts';
import { Node, declarationsOf, type Expression, type Source, type TypeNode } from '../../source.ts';
import { availability, portableType, type PortableType } from '../../type-facts.ts';
import { memberMethod, memberType, typeByMember } from './member-types.ts';
import type { Work } from './work.ts';

/** What a message of the work carries. */
export interface Message extends PortableType {
  /** How the handler takes it: `order`, or `{ order, template }`. */
  readonly parameter: string;
  /** The body of the message where it is sent; `{ … }` without the file's bracket spacing. */
  readonly sent: { readonly names: readonly string[] } | { readonly expression: string };
}

/** Derives the message from the item and the locals that the work reads; a reason when its type is not written anywhere. */
export function messageOf(source: Source, work: Work, locals: readonly Local[]): Message | string {
  const { item } = work;
  const carried = locals.map(({ name, type }) => ({ name, type }));
  if (!item) return carriedMessage([], carried);
  const pattern = item.getNameNode();
  if (Node.isParameterDeclaration(item) && item.hasQuestionToken()) {
    return `\`${item.getName()}\` may be left out; a message always carries it`;
  }
  const type = typeOfItem(source, work);
  if (typeof type === 'string') return type;
  if (Node.isIdentifier(pattern)) {
    const name = pattern.getText();
    if (carried.length === 0) return { ...type, parameter: name, sent: { expression: name } };
    return {
      ...carriedMessage([{ name, type: type.text }], carried),
      imports: type.imports,
      expose: type.expose,
    };
  }
  if (!Node.isObjectBindingPattern(pattern)) {
    return `\`${pattern.getText()}\` is not one value; name it first`;
  }
  const elements = pattern.getElements();
  const isPlain = elements.every(
    (one) =>
      !one.getDotDotDotToken() && !one.hasInitializer() && Node.isIdentifier(one.getNameNode()),
  );
  if (!isPlain || carried.length > 0) {
    return `\`${pattern.getText()}\` takes the item apart in a way that a message cannot follow; name the item`;
  }
  const keys = elements.map((one) => (one.getPropertyNameNode() ?? one.getNameNode()).getText());
  const written = elements.map((one) => one.getText());
  const isLiteral = /^\{/.test(type.text);
  return {
    ...type,
    text: isLiteral
      ? type.text
      : `Pick<${type.text}, ${keys.map((key) => `'${key}'`).join(' | ')}>`,
    parameter: `{ ${written.join(', ')} }`,
    sent: { names: written },
  };
}

const NO_DATA =
  /^(?:req|request|res|response|reply|ctx|context|container|logger|log|signal|client|connection|pool|tx|trx|transaction|manager|em|session|stream|socket|callback|cb|next|done|fn|app|server)$/;
const NO_DATA_TYPE =
  /\b\w*(?:Request|Response|Context|Container|Logger|Client|Connection|Pool|PoolClient|Transaction|EntityManager|Stream|Socket|Readable|Writable|AbortSignal|Service|Repository|Emitter)\b/;

/** Messages travel as data: what has methods, or belongs to one process, cannot be sent. */
export function unfitForMessage({ parameter, text }: Message): string | undefined {
  const names = parameter.match(/\w+/g) ?? [];
  const name = names.find((one) => NO_DATA.test(one));
  if (name !== undefined)
    return `\`${name}\` belongs to this process and cannot travel in a message`;
  if (/=>|\bFunction\b/.test(text)) return 'its message would hold a function, which cannot travel';
  // What a service's method takes or returns is not the service.
  const data = text.replace(/\btypeof \w+|\b(?:ReturnType|Parameters)<[\w.]+\['\w+'\]>/g, '');
  const type = NO_DATA_TYPE.exec(data)?.[0];
  return type === undefined
    ? undefined
    : `a \`${type}\` belongs to this process and cannot travel in a message`;
}

function carriedMessage(
  own: readonly { readonly name: string; readonly type: string }[],
  carried: readonly { readonly name: string; readonly type: string }[],
): Message {
  const all = [...own, ...carried];
  if (all.length === 0) {
    return {
      text: 'Record<string, never>',
      imports: [],
      expose: [],
      parameter: '_message',
      sent: { names: [] },
    };
  }
  const names = all.map(({ name }) => name);
  const fields = all.map(({ name, type }) => `readonly ${name}: ${type}`).join('; ');
  return {
    text: `{ ${fields} }`,
    imports: [],
    expose: [],
    parameter: `{ ${names.join(', ')} }`,
    sent: { names },
  };
}

function typeOfItem(source: Source, work: Work): PortableType | string {
  const { item, items } = work;
  const written = item?.getTypeNode() ?? (items && elementType(items));
  if (written) return portableType(source, [written]);
  const derived = (items && returnedElement(source, items)) ?? passedOn(source, work);
  if (derived) return derived;
  if (isJavaScript(source.file.path)) return { text: 'unknown', imports: [], expose: [] };
  const name = item?.getName() ?? 'the message';
  const where = items ? `\`${items.getText()}\`` : `\`${name}\``;
  return `the type of \`${name}\` is not written in the file; write the type of ${where}`;
}

/** `Order` for a name that is declared as `Order[]`, `readonly Order[]`, `Iterable<Order>` and the like. */
function elementType(items: Expression): TypeNode | undefined {
  if (!Node.isIdentifier(items)) return elementOf(memberType(items));
  const [declaration] = declarationsOf(items);
  if (!Node.isParameterDeclaration(declaration) && !Node.isVariableDeclaration(declaration)) {
    return undefined;
  }
  return elementOf(declaration.getTypeNode());
}

const COLLECTION =
  /^(?:Readonly)?(?:Array|Set)$|^(?:Async)?(?:Iterable|IterableIterator|Generator)$/;

function elementOf(type: TypeNode | undefined): TypeNode | undefined {
  if (Node.isTypeOperatorTypeNode(type)) return elementOf(type.getTypeNode());
  if (Node.isArrayTypeNode(type)) return type.getElementTypeNode();
  const isCollection = Node.isTypeReference(type) && COLLECTION.test(type.getTypeName().getText());
  return isCollection ? type.getTypeArguments()[0] : undefined;
}

/** For what a function returns: its written element type, else `Awaited<ReturnType<typeof findOrders>>[number]`, or with `Orders['findOpen']`. */
function returnedElement(source: Source, items: Expression): PortableType | string | undefined {
  let value: Node | undefined = items;
  if (Node.isIdentifier(value)) {
    const [declaration] = declarationsOf(value);
    value = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
  }
  while (Node.isAwaitExpression(value) || Node.isParenthesizedExpression(value)) {
    value = value.getExpression();
  }
  if (!Node.isCallExpression(value)) return undefined;
  const callee = value.getExpression();
  const elementReturned = (fn: string) => `Awaited<ReturnType<${fn}>>[number]`;
  if (!Node.isIdentifier(callee)) {
    const element = elementOf(promised(memberMethod(callee)?.getReturnTypeNode()));
    return element
      ? portableType(source, [element])
      : typeByMember(source, callee, elementReturned);
  }
  const [declaration] = declarationsOf(callee);
  if (!declaration) return undefined;
  if (Node.isFunctionDeclaration(declaration)) {
    const element = elementOf(promised(declaration.getReturnTypeNode()));
    if (element) return portableType(source, [element]);
  }
  return typeBy(source, declaration, callee.getText(), (name) => elementReturned(`typeof ${name}`));
}

/** `Order[]` of `Promise<Order[]>`. */
const promised = (type: TypeNode | undefined): TypeNode | undefined =>
  Node.isTypeReference(type) && type.getTypeName().getText() === 'Promise'
    ? type.getTypeArguments()[0]
    : type;

/** `Parameters<typeof sendEmail>[0]` or `Parameters<Mailer['send']>[0]` where the item is given to a function by itself. */
function passedOn(source: Source, { body, item }: Work): PortableType | string | undefined {
  const name = item?.getName();
  for (const node of [body, ...body.getDescendants()]) {
    if (!Node.isCallExpression(node)) continue;
    const callee = node.getExpression();
    const index = node.getArguments().findIndex((argument) => argument.getText() === name);
    if (index < 0) continue;
    const parameter = (fn: string) => `Parameters<${fn}>[${index}]`;
    if (!Node.isIdentifier(callee)) {
      const type = memberMethod(callee)?.getParameters()[index]?.getTypeNode();
      const found = type ? portableType(source, [type]) : typeByMember(source, callee, parameter);
      if (found !== undefined) return found;
      continue;
    }
    const [declaration] = declarationsOf(callee);
    if (!declaration) continue;
    if (Node.isFunctionDeclaration(declaration)) {
      const type = declaration.getParameters()[index]?.getTypeNode();
      if (type) return portableType(source, [type]);
    }
    return typeBy(source, declaration, callee.getText(), (name) => parameter(`typeof ${name}`));
  }
  return undefined;
}

function typeBy(
  source: Source,
  declaration: Node,
  local: string,
  write: (name: string) => string,
): PortableType | string {
  const available = availability(source, declaration, local);
  if (typeof available === 'string') return available;
  const { import: needed, expose } = available;
  return {
    text: write(local),
    imports: [{ ...needed, typeOnly: true }],
    expose: expose ? [expose] : [],
  };
}

/** A local of the function around the work that the message can carry. */
export interface Local {
  readonly name: string;
  readonly type: string;
}

const SIMPLE =
  /^(?:readonly )?\(?(?:string|number|boolean|null|'[^']*'|"[^"]*"|-?\d+)(?: \| (?:string|number|boolean|null|'[^']*'|"[^"]*"|-?\d+))*\)?(?:\[\])?$/;

/** The local with its type when that is plain data, which travels as it is; else a reason. */
export function localOf({ name, node, declaration }: FreeName): Local | string {
  const unfit = `it uses \`${name}\`, which is local to the function and cannot travel in a message`;
  if (isWritten(node)) return `it changes \`${name}\`, which the code after it may read`;
  if (!Node.isVariableDeclaration(declaration) && !Node.isParameterDeclaration(declaration))
    return unfit;
  if (!Node.isIdentifier(declaration.getNameNode())) return unfit;
  const written = declaration.getTypeNode()?.getText();
  if (written !== undefined) return SIMPLE.test(written) ? { name, type: written } : unfit;
  const type = literalType(declaration.getInitializer());
  return type === undefined ? unfit : { name, type };
}

function literalType(value: Node | undefined): string | undefined {
  if (
    Node.isStringLiteral(value) ||
    Node.isTemplateExpression(value) ||
    Node.isNoSubstitutionTemplateLiteral(value)
  )
    return 'string';
  if (Node.isNumericLiteral(value)) return 'number';
  return Node.isTrueLiteral(value) || Node.isFalseLiteral(value) ? 'boolean' : undefined;
}

/** `count++`, `count += 1`, `results.push(x)`, `seen[id] = true`. */
function isWritten(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isPostfixUnaryExpression(parent)) return true;
  if (Node.isPrefixUnaryExpression(parent)) return /^(?:\+\+|--)/.test(parent.getText());
  if (Node.isBinaryExpression(parent) && parent.getLeft() === node) {
    return /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/.test(parent.getOperatorToken().getText());
  }
  if (Node.isPropertyAccessExpression(parent) && parent.getExpression() === node) {
    return (
      /^(?:push|unshift|add|set|delete|append|splice)$/.test(parent.getName()) || isWritten(parent)
    );
  }
  return (
    Node.isElementAccessExpression(parent) && parent.getExpression() === node && isWritten(parent)
  );
}
