import type { Callable } from '../../callables.ts';
import { isJavaScript } from '../../javascript.ts';
import { freeName, lowerFirst, usesName } from '../../names.ts';
import { Node, type ParameterDeclaration, type Source } from '../../source.ts';

/** How the outer function passes on what it is given. */
export interface Parameters {
  /** The arguments of the call of the inner function. */
  readonly passed: readonly string[];
  /** The parameters of the inner function. */
  readonly inner: readonly string[];
  /** The `this` parameter, where the function declares one. */
  readonly receiver: string | undefined;
  /** Parameters that are taken apart: the outer function names them, the inner one takes them apart. */
  readonly renamed: readonly { readonly pattern: Node; readonly name: string }[];
}

/** Each parameter once for the call and once for the inner function; a reason when one cannot be passed on. */
export function parametersOf(source: Source, callable: Callable): Parameters | string {
  const all = callable.fn.getParameters();
  const receiver = all.find((one) => one.getName() === 'this');
  const isTyped = typeOfHolder(callable) !== undefined || isJavaScript(source.file.path);
  const renamed: { pattern: Node; name: string }[] = [];
  const passed: string[] = [];
  const inner: string[] = [];
  for (const parameter of all.filter((one) => one !== receiver)) {
    const pattern = parameter.getNameNode();
    let name = parameter.getName();
    if (!Node.isIdentifier(pattern)) {
      if (!parameter.getTypeNode() && !isTyped) {
        return `the parameter \`${flat(name)}\` is taken apart and has no type; write its type`;
      }
      name = wholeName(
        source,
        parameter,
        renamed.map((one) => one.name),
      );
      renamed.push({ pattern, name });
    }
    passed.push(parameter.isRestParameter() ? `...${name}` : name);
    inner.push(innerParameter(source, callable, parameter));
  }
  return { passed, inner, receiver: receiver && unixLines(receiver.getText()), renamed };
}

/** The type written on the constant or field that holds the function. */
export function typeOfHolder({ fn }: Callable): string | undefined {
  const holder = fn.getParent();
  const isHolder = Node.isVariableDeclaration(holder) || Node.isPropertyDeclaration(holder);
  const type = isHolder ? holder.getTypeNode()?.getText() : undefined;
  return type === undefined ? undefined : unixLines(type);
}

/**
 * As it stands, without decorators. Its default is the outer function's to give: here it would be worked out again where it gives `undefined`.
 * It stays where the type cannot be told without it.
 */
function innerParameter(
  source: Source,
  callable: Callable,
  parameter: ParameterDeclaration,
): string {
  const rest = parameter.isRestParameter() ? '...' : '';
  const optional = parameter.hasQuestionToken() ? '?' : '';
  const name = `${rest}${parameter.getNameNode().getText()}${optional}`;
  const initializer = parameter.getInitializer();
  const isUntyped = isJavaScript(source.file.path);
  const isHeld = typeOfHolder(callable) !== undefined;
  const known = isUntyped || isHeld ? undefined : literalType(initializer);
  const type = parameter.getTypeNode()?.getText() ?? known;
  const needed = (type === undefined || followsOptional(parameter)) && !isUntyped;
  const initial = initializer && needed ? ` = ${initializer.getText()}` : '';
  return unixLines(`${name}${type === undefined ? '' : `: ${type}`}${initial}`);
}

/** What TypeScript takes a parameter for whose default is a literal. */
function literalType(value: Node | undefined): string | undefined {
  const number = Node.isPrefixUnaryExpression(value) ? value.getOperand() : value;
  if (Node.isNumericLiteral(number)) return 'number';
  if (Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value)) return 'string';
  return Node.isTrueLiteral(value) || Node.isFalseLiteral(value) ? 'boolean' : undefined;
}

/** None that must be given may follow one that may be left out. */
const followsOptional = (parameter: ParameterDeclaration): boolean =>
  parameter
    .getPreviousSiblings()
    .some((one) => Node.isParameterDeclaration(one) && one.hasQuestionToken());

/** `charge` of `{ id, amount }: Charge`. */
function wholeName(
  source: Source,
  parameter: ParameterDeclaration,
  taken: readonly string[],
): string {
  const type = parameter.getTypeNode();
  const named = Node.isTypeReference(type) ? lowerFirst(type.getText()) : '';
  const isFree = /^[a-z]\w*$/.test(named) && !usesName(source.root, source.text, named);
  if (isFree && !taken.includes(named)) return named;
  return freeName(source, parameter.isRestParameter() ? 'rest' : 'input', taken);
}

const unixLines = (text: string): string => text.replace(/\r\n/g, '\n');
const flat = (text: string): string => text.replace(/\s+/g, ' ');
