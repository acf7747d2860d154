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
export function declare(edited: EditedText, packages: Pick<DependencyPlan, 'add' | 'dev'>): void {
  for (const [name, range] of Object.entries(packages.add))
    insert(edited, 'dependencies', name, range);
  for (const [name, range] of Object.entries(packages.dev))
    insert(edited, 'devDependencies', name, range);
}

/** Adds a command to `scripts`. */
export function declareScript(edited: EditedText, name: string, command: string): void {
  insert(edited, 'scripts', name, command);
}

/**
 * Takes declarations out again, and with the last one of a section the section; not a byte around them changes.
 * @param empty sections that were there before the first entry, as they were written
 */
export function undeclare(
  edited: EditedText,
  names: readonly string[],
  empty: ReadonlyMap<Section, string>,
  sections: readonly Section[] = DEPENDENCY_SECTIONS,
): void {
  for (const section of sections) {
    for (const name of names) {
      const { root, shift } = treeOf(edited);
      const entries = root && findNodeAtLocation(root, [section]);
      const entry = propertyOf(entries, name);
      if (root === undefined || entries === undefined || entry === undefined) continue;
      const whole = propertyOf(root, section);
      const was = empty.get(section);
      if ((entries.children?.length ?? 0) > 1)
        takeOut(edited, entries.children ?? [], entry, shift);
      else if (was !== undefined) replace(edited, entries, was, shift);
      else if (whole !== undefined) takeOut(edited, root.children ?? [], whole, shift);
    }
  }
}

export const SECTIONS = ['scripts', ...DEPENDENCY_SECTIONS] as const;
export type Section = (typeof SECTIONS)[number];

/** The sections that are there and hold nothing, as they are written: an entry that is added cannot be taken out to the byte without it. */
export function emptySections(text: string): ReadonlyMap<Section, string> {
  const { root, shift } = treeOf(new EditedText(text));
  return new Map(
    SECTIONS.flatMap((section): [Section, string][] => {
      const node = root && findNodeAtLocation(root, [section]);
      if (node?.type !== 'object' || node.children?.length !== 0) return [];
      return [[section, text.slice(node.offset + shift, endOf(node) + shift)]];
    }),
  );
}

function treeOf({ text }: EditedText): { readonly root: Node | undefined; readonly shift: number } {
  const shift = text.startsWith(BOM) ? BOM.length : 0;
  return { root: parseTree(text.slice(shift)), shift };
}

function propertyOf(object: Node | undefined, name: string): Node | undefined {
  return object?.children?.find((property) => property.children?.[0]?.value === name);
}

const endOf = ({ offset, length }: Node): number => offset + length;

function replace(edited: EditedText, node: Node, text: string, shift: number): void {
  edited.apply([{ start: node.offset + shift, end: endOf(node) + shift, text }]);
}

/** With the comma and the space to its neighbour. */
function takeOut(edited: EditedText, siblings: readonly Node[], gone: Node, shift: number): void {
  const index = siblings.indexOf(gone);
  const next = siblings[index + 1];
  const previous = siblings[index - 1];
  const start = next === undefined && previous ? endOf(previous) : gone.offset;
  const end = next?.offset ?? endOf(gone);
  edited.apply([{ start: start + shift, end: end + shift, text: '' }]);
}

function insert(edited: EditedText, section: Section, name: string, value: string): void {
  const { root, shift } = treeOf(edited);
  const object = root && findNodeAtLocation(root, [section]);
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const plain = edited.text.slice(shift);
  if (object?.children?.length === 0 && root && isOnOneLine(root, plain)) {
    return replace(edited, object, `{ ${entry} }`, shift);
  }
  const around = object ?? root;
  if (around && isOnOneLine(around, plain)) {
    const names = (around.children ?? []).map((each) => String(each.children?.[0]?.value));
    return object
      ? insertInLine(edited, object, sortedIndex(names, name), entry, shift)
      : insertInLine(
          edited,
          around,
          sectionIndex(names, section),
          `"${section}": { ${entry} }`,
          shift,
        );
  }
  const edits = modify(plain, [section, name], value, {
    formattingOptions: layoutOf(edited.text),
    getInsertionIndex: (names) =>
      object ? sortedIndex(names, name) : sectionIndex(names, section),
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

/** A new section goes where npm puts it: scripts in front of the dependencies, those behind their neighbours. */
function sectionIndex(names: readonly string[], section: Section): number {
  if (section === 'scripts') {
    const first = names.findIndex((name) => DEPENDENCY_SECTIONS.some((each) => each === name));
    return first === -1 ? names.length : first;
  }
  const last = Math.max(...DEPENDENCY_SECTIONS.map((section) => names.indexOf(section)));
  return last === -1 ? names.length : last + 1;
}
