import * as vscode from 'vscode';
import { UserError } from './errors.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** `FILE:L12`, for code that has no name. */
const BY_LINE = /^(.*):L(\d+)$/;

/** So many lines tell code apart from other code that begins alike. */
const LINES = 3;

/** What a target that is named by its line reads, so that it can be known again; undefined for one that has a name. */
export function readingAt(text: string, target: string): string | undefined {
  const line = BY_LINE.exec(target)?.[2];
  return line === undefined ? undefined : readingOf(text.split(/\r?\n/), Number(line) - 1);
}

/**
 * The target as it is named now: its line may have moved since it was chosen, and then follows what it read.
 * Throws `UserError` where that is gone, or stands in several places: whatever else is on the line by now was never meant.
 */
export async function targetNow(
  files: WorkspaceFiles,
  target: string,
  reading: string,
): Promise<string> {
  const [, path, line] = BY_LINE.exec(target) ?? [];
  if (path === undefined) return target;
  const lines = ((await files.read(path)) ?? '').split(/\r?\n/);
  if (readingOf(lines, Number(line) - 1) === reading) return target;
  const found = [...lines.keys()].filter((index) => readingOf(lines, index) === reading);
  if (found.length === 1) return `${path}:L${found[0]! + 1}`;
  throw new UserError(
    vscode.l10n.t(
      'Line {0} of {1} is no longer what was chosen: {2} Nothing was written.',
      line ?? '',
      path,
      reading.split('\n')[0] ?? '',
    ),
    vscode.l10n.t('Choose the place again.'),
  );
}

function readingOf(lines: readonly string[], index: number): string {
  return lines
    .slice(index, index + LINES)
    .map((text) => text.trim())
    .join('\n');
}
