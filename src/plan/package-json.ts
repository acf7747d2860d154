import { findNodeAtLocation, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';
import { DEPENDENCY_SECTIONS, type Declared, type DependencyPlan } from './dependencies.ts';
import { EditedText } from './edited-text.ts';

const BOM = '\uFEFF';

/** What the text of a package.json declares. Entries that are not text are left out. */
export function declaredIn(text: string): Declared {
  const root = parseTree(text.replace(BOM, ''));
  const sections = DEPENDENCY_SECTIONS.map((section) => [section, strings(root, [section])]);
  return Object.fromEntries(sections) as Declared;
}

/** The command in `scripts`, if there is one. */
export function scriptIn(text: string, name: string): string | undefined {
  return strings(parseTree(text.replace(BOM, '')), ['scripts'])[name];
}

function strings(root: Node | undefined, path: JSONPath): Readonly<Record<string, string>> {
  const node = root && findNodeAtLocation(root, path);
  const entries = (node?.children ?? []).map((property) => property.children ?? []);
  return Object.fromEntries(
    entries
      .filter(([, value]) => value?.type === 'string')
      .map(([key, value]) => [String(key?.value), String(value?.value)]),
  );
}

/** Declares the packages. Layout, order and everything else stay; a sorted section stays sorted. */
export function declare(text: string, packages: Pick<DependencyPlan, 'add' | 'dev'>): EditedText {
  const edited = new EditedText(text);
  for (const [name, range] of Object.entries(packages.add))
    insert(edited, 'dependencies', name, range);
  for (const [name, range] of Object.entries(packages.dev))
    insert(edited, 'devDependencies', name, range);
  return edited;
}

/** Takes declarations out again, and with the last one of a section the section. */
export function undeclare(text: string, names: readonly string[]): EditedText {
  const edited = new EditedText(text);
  const present = (): Declared => declaredIn(edited.text);
  for (const section of DEPENDENCY_SECTIONS) {
    for (const name of names.filter((each) => Object.hasOwn(present()[section], each))) {
      const isLast = Object.keys(present()[section]).length === 1;
      change(edited, isLast ? [section] : [section, name], undefined);
    }
  }
  return edited;
}

/** @param value undefined takes the entry out, with not a byte around it changed */
function change(edited: EditedText, path: JSONPath, value: unknown, place?: Placement): void {
  const shift = edited.text.startsWith(BOM) ? BOM.length : 0;
  const text = edited.text.slice(shift);
  const edits = modify(text, path, value, {
    ...(value === undefined ? {} : { formattingOptions: layoutOf(text) }),
    ...(place ? { getInsertionIndex: place } : {}),
  });
  edited.apply(
    edits.map(({ offset, length, content }) => ({
      start: offset + shift,
      end: offset + shift + length,
      text: content,
    })),
  );
}

type Placement = (names: string[]) => number;

function insert(edited: EditedText, section: string, name: string, range: string): void {
  const shift = edited.text.startsWith(BOM) ? BOM.length : 0;
  const root = parseTree(edited.text.slice(shift));
  const object = root && findNodeAtLocation(root, [section]);
  const isOneLine =
    object !== undefined &&
    (object.children ?? []).length > 0 &&
    !edited.text.slice(object.offset + shift, object.offset + object.length + shift).includes('\n');
  if (isOneLine) return insertInLine(edited, object, name, range, shift);
  change(edited, [section, name], range, (names) =>
    object ? sortedIndex(names, name) : sectionIndex(names),
  );
}

/** An object on one line stays on it. */
function insertInLine(
  edited: EditedText,
  { children = [] }: Node,
  name: string,
  range: string,
  shift: number,
): void {
  const index = sortedIndex(
    children.map((property) => String(property.children?.[0]?.value)),
    name,
  );
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(range)}`;
  const next = children[index];
  const last = children.at(-1);
  const at = (next?.offset ?? (last ? last.offset + last.length : 0)) + shift;
  edited.apply([{ start: at, end: at, text: next ? `${entry}, ` : `, ${entry}` }]);
}

function layoutOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Where the name belongs in names that are sorted, else the end. */
function sortedIndex(names: readonly string[], name: string): number {
  const isSorted = names.every((each, index) => index === 0 || names[index - 1]! < each);
  const next = isSorted ? names.findIndex((each) => each > name) : -1;
  return next === -1 ? names.length : next;
}

/** A new section goes where npm puts it: behind its neighbours. */
function sectionIndex(names: readonly string[]): number {
  const last = Math.max(...DEPENDENCY_SECTIONS.map((section) => names.indexOf(section)));
  return last === -1 ? names.length : last + 1;
}
