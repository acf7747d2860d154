import * as vscode from 'vscode';
import type { PatternCandidate } from '../engine.ts';
import type { Draft, Interview } from './interview.ts';
import { readingAt } from './line-target.ts';
import { back, pickStep } from './steps.ts';
import type { Answer, Position } from './steps.ts';

interface TargetItem extends vscode.QuickPickItem {
  readonly target?: string;
  readonly reading?: string | undefined;
  /** Asks for another file first. */
  readonly elsewhere?: boolean;
}

/** With what it reads, where it is named by its line. */
interface ReadCandidate extends PatternCandidate {
  readonly reading: string | undefined;
}

/** Asks what of the user's code to wire: the symbols that fit in the file at hand, another file, or nothing. */
export function targetStep(interview: Interview) {
  return async (answers: Draft, position: Position): Promise<Answer<Draft>> => {
    let file = interview.place.near;
    for (;;) {
      const line = cursorLine(interview, file);
      const item = await pickStep<TargetItem>({
        ...position,
        placeholder: vscode.l10n.t('Wire it to what?'),
        items: candidatesIn(interview, file, answers).then((found) =>
          targetItems(atCursorFirst(found, line), file),
        ),
      });
      if (item === undefined || item === back) return item;
      if (!item.elsewhere) {
        const { target = '', reading } = item;
        return { ...answers, target, ...(reading === undefined ? {} : { reading }) };
      }
      const other = await askFile(interview, position);
      if (other === undefined) return undefined;
      if (other !== back) file = other;
    }
  };
}

function targetItems(candidates: readonly ReadCandidate[], file: string): readonly TargetItem[] {
  const found = candidates.map(({ symbol, line, title, target, reading }) => ({
    label: `$(symbol-method) ${reading?.split('\n')[0] ?? symbol}`,
    description: `${file}:${line + 1}`,
    detail: title,
    target,
    reading,
  }));
  const line = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [
    ...found,
    ...(found.length > 0 ? [line] : []),
    {
      label: `$(circle-slash) ${vscode.l10n.t('Nothing yet')}`,
      detail: vscode.l10n.t('Generate the pattern; wire only what is certain.'),
      target: '',
    },
    { label: `$(file-code) ${vscode.l10n.t('In another file…')}`, elsewhere: true },
  ];
}

/** Line of the cursor where the file is the one that is being edited. */
function cursorLine({ place }: Interview, file: string): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && place.files.path(editor.document.uri) === file
    ? editor.selection.active.line
    : undefined;
}

/** The symbol that the cursor stands in is the last one that begins at or above it. */
function atCursorFirst(
  candidates: readonly ReadCandidate[],
  line: number | undefined,
): readonly ReadCandidate[] {
  const above = candidates.filter((it) => line !== undefined && it.line <= line);
  const nearest = above.sort((a, b) => b.line - a.line)[0];
  return nearest ? [nearest, ...candidates.filter((it) => it !== nearest)] : candidates;
}

async function candidatesIn(
  interview: Interview,
  path: string,
  { pattern }: Draft,
): Promise<readonly ReadCandidate[]> {
  if (!isSource(path)) return [];
  const text = await interview.place.files.read(path);
  if (text === undefined) return [];
  const engine = await interview.engine();
  const found = await engine.candidates({ path, text }, await interview.profile());
  return found
    .filter((candidate) => candidate.pattern === pattern)
    .map((candidate) => ({ ...candidate, reading: readingAt(text, candidate.target) }));
}

function isSource(path: string): boolean {
  return /(?<!\.d)\.[cm]?[jt]sx?$/.test(path);
}

interface FileItem extends vscode.QuickPickItem {
  readonly path: string;
}

async function askFile(interview: Interview, position: Position): Promise<Answer<string>> {
  const item = await pickStep<FileItem>({
    ...position,
    placeholder: vscode.l10n.t('In which file?'),
    items: sourceFiles(interview),
  });
  return item === back ? back : item?.path;
}

const maxFiles = 5_000;

/** TypeScript and JavaScript files of the package's source folder, as far as a picker is of use. */
async function sourceFiles(interview: Interview): Promise<readonly FileItem[]> {
  const { files } = interview.place;
  const profile = await interview.profile();
  const found: FileItem[] = [];
  const pending = [profile.sourceDir];
  for (let dir = pending.shift(); dir !== undefined; dir = pending.shift()) {
    const parent = dir === '' || dir === '.' ? '' : `${dir}/`;
    for (const name of await files.list(dir)) {
      const path = `${parent}${name}`;
      if (name.endsWith('/')) {
        if (!/^(\.|node_modules\/|dist\/)/.test(name)) pending.push(path.slice(0, -1));
      } else if (isSource(name) && `${parent}` !== `${profile.outDir}/`) {
        found.push({ label: name, description: path, path });
      }
    }
    if (found.length > maxFiles) break;
  }
  return found;
}
