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

/** Takes declarations out again, and with the last one of a section the section; not a byte around them changes. */
export function undeclare(text: string, names: readonly string[]): EditedText {
  const edited = new EditedText(text);
  for (const section of DEPENDENCY_SECTIONS) {
    for (const name of names) {
      const { root, shift } = treeOf(edited);
      const entries = root && findNodeAtLocation(root, [section]);
      const entry = propertyOf(entries, name);
      if (entries === undefined || entry === undefined) continue;
      const isLast = entries.children?.length === 1;
      const [from, gone] = isLast ? [root, propertyOf(root, section)] : [entries, entry];
      if (gone !== undefined) takeOut(edited, from?.children ?? [], gone, shift);
    }
  }
  return edited;
}

function treeOf({ text }: EditedText): { readonly root: Node | undefined; readonly shift: number } {
  const shift = text.startsWith(BOM) ? BOM.length : 0;
  return { root: parseTree(text.slice(shift)), shift };
}

function propertyOf(object: Node | undefined, name: string): Node | undefined {
  return object?.children?.find((property) => property.children?.[0]?.value === name);
}

const endOf = ({ offset, length }: Node): number => offset + length;

/** With the comma and the space to its neighbour. */
function takeOut(edited: EditedText, siblings: readonly Node[], gone: Node, shift: number): void {
  const index = siblings.indexOf(gone);
  const next = siblings[index + 1];
  const previous = siblings[index - 1];
  const start = next === undefined && previous ? endOf(previous) : gone.offset;
  const end = next?.offset ?? endOf(gone);
  edited.apply([{ start: start + shift, end: end + shift, text: '' }]);
}

function insert(edited: EditedText, section: string, name: string, range: string): void {
  const { root, shift } = treeOf(edited);
  const object = root && findNodeAtLocation(root, [section]);
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(range)}`;
  const around = object ?? root;
  if (around && isOnOneLine(around, edited.text.slice(shift))) {
    const names = (around.children ?? []).map((each) => String(each.children?.[0]?.value));
    return object
      ? insertInLine(edited, object, sortedIndex(names, name), entry, shift)
      : insertInLine(edited, around, sectionIndex(names), `"${section}": { ${entry} }`, shift);
  }
  const edits = modify(edited.text.slice(shift), [section, name], range, {
    formattingOptions: layoutOf(edited.text),
    getInsertionIndex: (names) => (object ? sortedIndex(names, name) : sectionIndex(names)),
  });
  edited.apply(
    edits.map(({ offset, length, content }) => ({
      start: offset + shift,
      end: offset + shift + length,
      text: content,
    })),
  );
}

function isOnOneLine(object: Node, text: string): boolean {
  const isEmpty = (object.children ?? []).length === 0;
  return !isEmpty && !text.slice(object.offset, endOf(object)).includes('\n');
}

/** An object on one line stays on it. */
function insertInLine(
  edited: EditedText,
  { children = [] }: Node,
  index: number,
  entry: string,
  shift: number,
): void {
  const next = children[index];
  const last = children.at(-1);
  const at = (next?.offset ?? (last ? endOf(last) : 0)) + shift;
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
