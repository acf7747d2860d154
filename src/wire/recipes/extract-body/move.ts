import type { CodeStyle } from '../../code.ts';
import { freeNames, receiverIn } from '../../free-names.ts';
import { Node, type Source } from '../../source.ts';
import { availability } from '../../type-facts.ts';
import type { NeededImport } from '../../types.ts';
import { bodyText } from './body-text.ts';
import { ADVICE, isClass, lateOf, type Late } from './late.ts';
import { localOf, messageOf, unfitForMessage, type Local, type Message } from './message.ts';
import { escapes, type Work } from './work.ts';

/** Work that can be moved, with all that its new place needs. */
export interface Move {
  readonly work: Work;
  readonly message: Message;
  /** Set where it stays in its class, because it needs the object; its imports are then those of the message alone. */
  readonly late: Late | undefined;
  /** Statements that become `return` where they move. */
  readonly continues: readonly Node[];
  /** The handler's body, indented by one level. Empty for work that stays. */
  readonly body: string;
  readonly imports: readonly NeededImport[];
  /** Declarations of this file that the moved code uses and that have to be exported for it. */
  readonly expose: readonly Node[];
}

/** Where code stands matters for these. */
const PLACED = /^(?:__dirname|__filename|require|module|exports)$/;

/**
 * Decides where the work can stand when it is not done here any more; a reason for its owner when there is no such place.
 * `takesLate` tells whether the consumer can be given later, by an object, what does its work.
 */
export function moveOf(
  source: Source,
  style: CodeStyle,
  work: Work,
  takesLate: boolean,
): Move | string {
  const { reason, continues } = escapes(work);
  if (reason !== undefined) return reason;
  const needed = objectNeeded(work);
  if (needed !== undefined && !takesLate) return `it uses ${needed}; ${ADVICE}`;
  const late = needed === undefined ? undefined : lateOf(source, work, needed);
  if (typeof late === 'string') return late;
  const around = surroundings(source, work, late);
  if (typeof around === 'string') return around;
  const { locals, imports, expose } = around;
  const message = messageOf(source, work, locals);
  if (typeof message === 'string') return message;
  const unfit = unfitForMessage(message);
  if (unfit !== undefined) return unfit;
  for (const needed of message.imports) addImport(imports, needed);
  for (const declaration of message.expose) expose.add(declaration);
  return {
    work,
    message,
    late,
    continues,
    body: late ? '' : bodyText(source, style, { body: work.body, continues }),
    imports: [...imports.values()],
    expose: [...expose],
  };
}

/** `this`, or the class that the work is part of, where it cannot do without. */
function objectNeeded({ body }: Work): string | undefined {
  if (receiverIn(body).size > 0) return '`this`';
  const own = freeNames(body).find(
    ({ declaration, isType }) =>
      !isType && isClass(declaration) && declaration.containsRange(body.getPos(), body.getEnd()),
  );
  return own && `\`${own.name}\`, the class that it is part of`;
}

interface Surroundings {
  readonly locals: readonly Local[];
  readonly imports: Map<string, NeededImport>;
  readonly expose: Set<Node>;
}

/** What the work uses of what is around it; a reason when its new place cannot have it. */
function surroundings(source: Source, work: Work, late: Late | undefined): Surroundings | string {
  const { body, item } = work;
  const stays = late !== undefined;
  if (!stays && /\bimport\.meta\b/.test(body.getText())) {
    return 'it uses `import.meta`, which depends on the file that it stands in';
  }
  const locals = new Map<string, Local>();
  const imports = new Map<string, NeededImport>();
  const expose = new Set<Node>();
  for (const free of freeNames(body)) {
    const { name, declaration, isType } = free;
    if (!stays && PLACED.test(name))
      return `it uses \`${name}\`, which depends on the file that it stands in`;
    if (!declaration || isWithin(declaration, item)) continue;
    // What stays in its class has all that its class has.
    if (late && !isWithin(declaration, late.member)) continue;
    if (isLocal(source, declaration)) {
      const local = localOf(free);
      if (typeof local === 'string') return local;
      locals.set(name, local);
      continue;
    }
    const available = availability(source, declaration, name);
    if (typeof available === 'string') return available;
    if (!isType && available.import.from === `/${source.file.path}` && runsOnLoad(work)) {
      return `it uses \`${name}\` while the file is still being loaded; move \`${name}\` to a file of its own`;
    }
    addImport(imports, { ...available.import, ...(isType ? { typeOnly: true } : {}) });
    if (available.expose) expose.add(available.expose);
  }
  return { locals: [...locals.values()], imports, expose };
}

/** A loop at the top level runs before another file could have what this one exports. */
const runsOnLoad = ({ kind, body }: Work): boolean =>
  kind === 'loop' &&
  !body
    .getAncestors()
    .some((node) => Node.isFunctionLikeDeclaration(node) || Node.isArrowFunction(node));

/** A value import serves for types as well. */
function addImport(imports: Map<string, NeededImport>, needed: NeededImport): void {
  const local = needed.as ?? needed.name;
  if (imports.get(local)?.typeOnly === true || !imports.has(local)) imports.set(local, needed);
}

const isWithin = (declaration: Node, item: Node | undefined): boolean =>
  item !== undefined &&
  (item === declaration || item.containsRange(declaration.getPos(), declaration.getEnd()));

/** Declared in a function, a loop or a block, and so known only there. */
function isLocal(source: Source, declaration: Node): boolean {
  if (declaration.getFirstAncestor(Node.isImportDeclaration)) return false;
  const variable = Node.isBindingElement(declaration)
    ? declaration.getFirstAncestor(Node.isVariableDeclaration)
    : declaration;
  const holder = Node.isVariableDeclaration(variable)
    ? (variable.getVariableStatement() ?? variable)
    : declaration;
  return holder.getParent() !== source.root && !Node.isImportEqualsDeclaration(declaration);
}
