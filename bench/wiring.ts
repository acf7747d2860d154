/** 40 edits in a file of 20,000 lines: read it, edit it, and know that the result parses; and 1,000 edits without reading. */
import MagicString from 'magic-string';
import { Node, Project } from 'ts-morph';
import { applyEdits, EditRecorder } from '../src/wire/recorder.ts';
import { parse, syntaxProblems } from '../src/wire/source.ts';
import type { Bench, Row } from './types.ts';

const CLASSES = 400;
const LINES_EACH = 50;
const EDITS = 40;
const rounds = 7;
const inserted = '    this.calls += 1;';

const body = Array.from({ length: LINES_EACH - 6 }, (_, line) => `    sum += ${line} * factor;`);
const text = Array.from({ length: CLASSES }, (_, index) =>
  [
    `export class Sample${index} {`,
    '  calls = 0;',
    '  total(factor: number): number {',
    '    let sum = 0;',
    ...body.slice(1),
    '    return sum;',
    '  }',
    '}',
  ].join('\n'),
).join('\n');

/** Every tenth class. */
const isWanted = (index: number): boolean => index % (CLASSES / EDITS) === 0;

/** A new path each time, so that no text that was parsed before is taken again. */
let count = 0;
const path = (): string => `src/samples-${++count}.ts`;

function recorded(): string {
  const file = { path: path(), text };
  const source = parse(file);
  const recorder = new EditRecorder(file, '\n');
  for (const [index, declaration] of source.root.getClasses().entries()) {
    const [first] = declaration.getMethods()[0]?.getStatements() ?? [];
    if (first && isWanted(index)) recorder.insert(first.getStart(), `${inserted.trim()}\n    `);
  }
  return checked(applyEdits(text, recorder.edits()));
}

function withMagicString(): string {
  const source = parse({ path: path(), text });
  const edited = new MagicString(text);
  for (const [index, declaration] of source.root.getClasses().entries()) {
    const [first] = declaration.getMethods()[0]?.getStatements() ?? [];
    if (first && isWanted(index)) edited.appendLeft(first.getStart(), `${inserted.trim()}\n    `);
  }
  return checked(edited.toString());
}

function manipulated(): string {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const root = project.createSourceFile(`/${path()}`, text);
  for (const [index, declaration] of root.getClasses().entries()) {
    const [method] = declaration.getMethods();
    if (method && isWanted(index)) method.insertStatements(0, inserted.trim());
  }
  if (!Node.isSourceFile(root)) throw new Error('the file is gone');
  return checked(root.getFullText());
}

function checked(result: string): string {
  const problems = syntaxProblems(parse({ path: path(), text: result }));
  const edits = result.split(inserted.trim()).length - 1;
  if (problems.length > 0 || edits !== EDITS) throw new Error(`${edits} edits, ${problems.length}`);
  return result;
}

/** 1,000 edits by offset alone. */
function recordedByOffset(): string {
  const recorder = new EditRecorder({ path: 'many.ts', text }, '\n');
  for (let edit = 0; edit < 1_000; edit++) recorder.insert(edit * 400, '/**/');
  return applyEdits(text, recorder.edits());
}

function magicByOffset(): string {
  const edited = new MagicString(text);
  for (let edit = 0; edit < 1_000; edit++) edited.appendLeft(edit * 400, '/**/');
  return edited.toString();
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function inTurns(tasks: Readonly<Record<string, () => string>>): Row[] {
  const times = new Map(Object.keys(tasks).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const started = performance.now();
      task();
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
  }
  const [first = Number.NaN] = [...times.values()].map(median);
  return [...times].map(([name, all]) => ({
    name,
    value: median(all),
    unit: 'ms',
    ratio: median(all) / first,
  }));
}

export const bench: Bench = {
  id: 'wiring',
  title: `Edits in a file of ${text.split('\n').length.toLocaleString('en')} lines, median; ratio to the edit recorder`,
  run: () =>
    Promise.resolve([
      ...inTurns({
        [`edit recorder, ${EDITS} edits, parsed before and after`]: recorded,
        'magic-string on the same parser': withMagicString,
        'ts-morph manipulation': manipulated,
      }),
      ...inTurns({
        'edit recorder, 1,000 edits by offset': recordedByOffset,
        'magic-string, 1,000 edits by offset': magicByOffset,
      }),
    ]),
};
