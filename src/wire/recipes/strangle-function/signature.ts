import type { FunctionNode } from '../../callables.ts';
import { isJavaScript } from '../../javascript.ts';
import { Node, type ParameterDeclaration, type Source, type TypeNode } from '../../source.ts';
import { portableType } from '../../type-facts.ts';
import type { NeededImport } from '../../types.ts';

/** What callers give and get, written so that another file can say it. */
export interface Signature {
  /** `[id: string, options?: Options]` */
  readonly args: string;
  /** `Invoice` of `Promise<Invoice>`. */
  readonly result: string;
  readonly imports: readonly NeededImport[];
  /** Declarations of this file that have to be exported for it. */
  readonly expose: readonly Node[];
}

/** Reads the types of a function; a reason when one is not written, or only known inside of this file. */
export function signatureOf(source: Source, fn: FunctionNode): Signature | string {
  if (fn.getTypeParameters().length > 0) {
    return 'it has type parameters, for which there is no one new implementation';
  }
  const parameters = fn.getParameters().filter((one) => one.getName() !== 'this');
  const rest = parameters.find((one) => one.isRestParameter());
  if (rest) return `it takes any number of arguments (\`...${rest.getName()}\`); give it a list`;
  if (parameters.length > 9) return 'it takes more than nine arguments';
  if (isJavaScript(source.file.path)) return untypedSignature(parameters);
  const untyped = parameters.find((one) => !one.getTypeNode());
  if (untyped) {
    return `the type of \`${untyped.getName()}\` is not written, which the new implementation takes as well`;
  }
  const returned = promised(fn.getReturnTypeNode());
  if (!returned) return 'its return type is not written, which the new implementation has as well';
  const types = parameters.flatMap((one) => one.getTypeNode() ?? []);
  const portable = [...types, returned].map((type) => portableType(source, [type]));
  const reason = portable.find((one) => typeof one === 'string');
  if (reason !== undefined) return reason;
  const all = portable.filter((one) => typeof one !== 'string');
  const texts = all.map(({ text }) => text);
  return {
    args: `[${parameters.map((one, at) => `${label(one, at)}: ${texts[at] ?? ''}`).join(', ')}]`,
    result: texts.at(-1) ?? '',
    imports: all.flatMap(({ imports }) => imports),
    expose: [...new Set(all.flatMap(({ expose }) => expose))],
  };
}

/** JavaScript has no types to be written: those of the instance go as well. */
function untypedSignature(parameters: readonly ParameterDeclaration[]): Signature {
  const args = parameters.map((one, at) => `${nameOf(one, at)}: unknown`).join(', ');
  return { args: `[${args}]`, result: 'unknown', imports: [], expose: [] };
}

const promised = (type: TypeNode | undefined): TypeNode | undefined =>
  Node.isTypeReference(type) && /^Promise(?:Like)?$/.test(type.getTypeName().getText())
    ? type.getTypeArguments()[0]
    : undefined;

/** A parameter that is taken apart has no name of its own. */
const nameOf = (parameter: ParameterDeclaration, at: number): string =>
  Node.isIdentifier(parameter.getNameNode()) ? parameter.getName() : `argument${at + 1}`;

const label = (parameter: ParameterDeclaration, at: number): string =>
  nameOf(parameter, at) + (parameter.isOptional() ? '?' : '');

/** Whom a call is for, the best first. */
const KEYS = [/^(?:user|customer|tenant|account|client|member|org\w*|company)_?Id$/i, /Id$|^id$/];

/**
 * The function that finds the key of a call among its arguments, behind that of the old side: `(_old, _amount, userId) => userId`.
 * `undefined` where no argument says whom the call is for.
 */
export function keyOf(fn: FunctionNode): string | undefined {
  const parameters = fn.getParameters().filter((one) => one.getName() !== 'this');
  const isUntyped = isJavaScript(fn.getSourceFile().getFilePath());
  const isKey = (one: ParameterDeclaration): boolean =>
    !one.isOptional() &&
    (isUntyped
      ? Node.isIdentifier(one.getNameNode())
      : /^(?:string|number|bigint)$/.test(one.getTypeNode()?.getText() ?? ''));
  for (const pattern of KEYS) {
    const at = parameters.findIndex((one) => isKey(one) && pattern.test(one.getName()));
    const key = parameters[at];
    if (!key) continue;
    const skipped = parameters.slice(0, at).map((one, index) => `_${nameOf(one, index)}`);
    const name = key.getName();
    const isText = key.getTypeNode()?.getText() === 'string';
    return `(${['_old', ...skipped, name].join(', ')}) => ${isText ? name : `String(${name})`}`;
  }
  return undefined;
}

const READS =
  /^(?:get|find|load|fetch|read|list|query|search|lookup|count|sum|total|calculate|compute|is|has)(?=[A-Z_]|$)/;

/** Only what is named as a read may be asked twice: a comparison would do anything else for real. */
export const kindOf = (name: string): 'read' | 'write' => (READS.test(name) ? 'read' : 'write');
