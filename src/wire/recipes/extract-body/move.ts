import type { CodeStyle } from '../../code.ts';
import { freeNames, usesReceiver } from '../../free-names.ts';
import { Node, type Source } from '../../source.ts';
import { availability } from '../../type-facts.ts';
import type { NeededImport } from '../../types.ts';
import { bodyText } from './body-text.ts';
import { localOf, messageOf, unfitForMessage, type Local, type Message } from './message.ts';
import { escapes, type Work } from './work.ts';

/** Work that can be moved, with all that its new place needs. */
export interface Move {
  readonly work: Work;
  readonly message: Message;
  /** The handler's body, indented by one level. */
  readonly body: string;
  readonly imports: readonly NeededImport[];
  /** Declarations of this file that the moved code uses and that have to be exported for it. */
  readonly expose: readonly Node[];
}

/** Where code stands matters for these. */
const PLACED = /^(?:__dirname|__filename|require|module|exports)$/;

/** Decides whether the work can stand in a file of its own; a reason for its owner when it cannot. */
export function moveOf(source: Source, style: CodeStyle, work: Work): Move | string {
  const { body, item } = work;
  const { reason, continues } = escapes(work);
  if (reason !== undefined) return reason;
  if (/\bimport\.meta\b/.test(body.getText())) {
    return 'it uses `import.meta`, which depends on the file that it stands in';
  }
  if (usesReceiver(body))
    return 'it uses `this`; give what it needs to an exported function and call that';

  const locals = new Map<string, Local>();
  const imports = new Map<string, NeededImport>();
  const expose = new Set<Node>();
  for (const free of freeNames(body)) {
    const { name, declaration, isType } = free;
    if (PLACED.test(name))
      return `it uses \`${name}\`, which depends on the file that it stands in`;
    if (!declaration || isWithin(declaration, item)) continue;
    if (
      declaration.containsRange(body.getPos(), body.getEnd()) &&
      Node.isClassDeclaration(declaration)
    ) {
      return `it uses \`${name}\`, the class that it is part of; give what it needs to an exported function and call that`;
    }
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
  const message = messageOf(source, work, [...locals.values()]);
  if (typeof message === 'string') return message;
  const unfit = unfitForMessage(message);
  if (unfit !== undefined) return unfit;
  for (const needed of message.imports) addImport(imports, needed);
  for (const declaration of message.expose) expose.add(declaration);
  return {
    work,
    message,
    body: bodyText(source, style, body, continues),
    imports: [...imports.values()],
    expose: [...expose],
  };
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
  const holder = Node.isVariableDeclaration(declaration)
    ? (declaration.getVariableStatement() ?? declaration)
    : declaration;
  return holder.getParent() !== source.root && !Node.isImportEqualsDeclaration(declaration);
}
