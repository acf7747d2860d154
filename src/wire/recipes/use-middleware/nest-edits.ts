import { appendTo } from '../../append.ts';
import { width } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import {
  Node,
  indentAt,
  lineStart,
  type ArrayLiteralExpression,
  type ClassDeclaration,
  type ObjectLiteralExpression,
} from '../../source.ts';
import { insertAfter, insertBefore } from '../../statements.ts';
import { lineContentEnd } from '../../trivia.ts';
import { listOf, metadataOf, type NestModule } from './nest-module.ts';

/** Adds an element to a list of the module's metadata; a reason when the list is not to be read here. */
export function recordInModule(
  draft: Draft,
  module: NestModule,
  key: 'imports' | 'providers',
  element: string,
): string | undefined {
  const { recorder, style } = draft;
  const metadata = metadataOf(module);
  if (metadata.kind === 'unknown') return metadata.reason;
  if (metadata.kind === 'empty') {
    recorder.insert(metadata.at, style.braces(`${key}: [${element}]`));
    return undefined;
  }
  const list = listOf(metadata.node, key);
  switch (list.kind) {
    case 'unknown':
      return list.reason;
    case 'array':
      appendElement(draft, list.node, element);
      return undefined;
    case 'shared':
      recorder.replace(
        list.node.getStart(),
        list.node.getEnd(),
        `${key}: [...${list.name}, ${element}]`,
      );
      return undefined;
    case 'absent':
      insertProperty(draft, list.object, key, `${key}: [${element}]`);
      return undefined;
  }
}

function appendElement(draft: Draft, array: ArrayLiteralExpression, element: string): void {
  const { source, recorder, style } = draft;
  const elements = array.getElements();
  const last = elements.at(-1);
  if (!last) {
    recorder.replace(array.getStart(), array.getEnd(), `[${element}]`);
    return;
  }
  const [start, end] = [array.getStart(), array.getEnd()];
  const line = source.text.slice(lineStart(source, start), start);
  const rest = /^[^\r\n]*/.exec(source.text.slice(end))?.[0] ?? '';
  const isFlat = !array.getText().includes('\n') && !/\/[/*]/.test(array.getText());
  const texts = [...elements.map((one) => one.getText()), element];
  if (!isFlat || width(`${line}[${texts.join(', ')}]${rest}`) <= style.printWidth) {
    appendTo(draft, array, last, element);
    return;
  }
  const indent = indentAt(source, start);
  const comma = style.trailingCommas === 'none' ? '' : ',';
  const lines = texts.map((text) => `\n${indent}${style.tab}${text}`).join(',');
  recorder.replace(start, end, `[${lines}${comma}\n${indent}]`);
}

/** `imports` go first, but below `module`; providers go last. */
function insertProperty(
  draft: Draft,
  object: ObjectLiteralExpression,
  key: 'imports' | 'providers',
  text: string,
): void {
  const { source, recorder, style } = draft;
  const properties = object.getProperties();
  const [first] = properties;
  const last = properties.at(-1);
  if (!first || !last) {
    recorder.replace(object.getStart(), object.getEnd(), style.braces(text));
    return;
  }
  const isModule = Node.isPropertyAssignment(first) && first.getName() === 'module';
  if (key === 'providers' || (isModule && properties.length === 1)) {
    appendTo(draft, object, last, text);
    return;
  }
  const next = (isModule ? properties[1] : first) ?? first;
  const at = next.getStart();
  const before = source.text.slice(lineStart(source, at), at);
  recorder.insert(at, before.trim() === '' ? `${text},\n${before}` : `${text}, `);
}

interface Routing {
  readonly position: 'first' | 'before-routes' | 'last';
  /** What matches all routes. */
  readonly routes: string;
  /** What the file calls `MiddlewareConsumer` and `NestModule`; empty in JavaScript. */
  readonly types: readonly string[];
}

/** Lets the module's `configure` apply a middleware to all routes; a reason when it cannot be read. */
export function recordConfigure(
  draft: Draft,
  { owner }: NestModule,
  middleware: string,
  { position, routes, types }: Routing,
): string | undefined {
  const { style } = draft;
  const apply = (consumer: string) =>
    `${consumer}.apply(${middleware}).forRoutes(${style.quote(routes)})${style.end}`;
  const configure = owner.getInstanceMethod('configure');
  if (!configure) {
    addConfigure(draft, owner, apply('consumer'), types);
    return undefined;
  }
  const consumer = configure.getParameters()[0];
  const body = configure.getBody();
  if (!consumer || !Node.isIdentifier(consumer.getNameNode()) || !Node.isBlock(body)) {
    return '`configure` does not name the consumer that it is given';
  }
  const line = apply(consumer.getName());
  const [first] = body.getStatements();
  const last = body.getStatements().at(-1);
  if (!first || !last) {
    const outer = indentAt(draft.source, configure.getStart());
    const text = `{\n${outer}${style.tab}${line}\n${outer}}`;
    draft.recorder.replace(body.getStart(), body.getEnd(), text);
  } else if (position === 'last') insertAfter(draft, last, line);
  else insertBefore(draft, first, line);
  return undefined;
}

function addConfigure(
  draft: Draft,
  owner: ClassDeclaration,
  line: string,
  [given, promised]: readonly string[],
): void {
  const { source, recorder, style } = draft;
  const outer = indentAt(source, owner.getStart());
  const inner = outer + style.tab;
  const parameter = given === undefined ? 'consumer' : `consumer: ${given}`;
  const method = [`configure(${parameter}) {`, `${style.tab}${line}`, `}`].map(
    (one) => inner + one,
  );
  const last = owner.getMembers().at(-1);
  const open = openingBrace(owner);
  if (promised !== undefined) recordImplements(draft, owner, open, promised);
  if (last) {
    recorder.insert(lineContentEnd(source.text, last.getEnd()), `\n\n${method.join('\n')}`);
  } else {
    recorder.replace(open + 1, owner.getEnd() - 1, `\n${method.join('\n')}\n${outer}`);
  }
}

function openingBrace(owner: ClassDeclaration): number {
  const members = owner.getMembers();
  const text = owner.getSourceFile().getFullText();
  const end = members[0]?.getFullStart() ?? owner.getEnd() - 1;
  return text.lastIndexOf('{', end - (members[0] ? 0 : 1));
}

function recordImplements(
  { source, recorder }: Draft,
  owner: ClassDeclaration,
  open: number,
  name: string,
): void {
  const known = owner.getImplements();
  const last = known.at(-1);
  if (known.some((one) => one.getText() === name)) return;
  if (last) recorder.insert(last.getEnd(), `, ${name}`);
  else {
    const gap = /\s*$/.exec(source.text.slice(0, open))?.[0].length ?? 0;
    recorder.insert(open - gap, ` implements ${name}`);
  }
}
