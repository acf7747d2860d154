import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { PlannedFile } from './types.ts';

/**
 * Unified diff of one planned file, as `git apply` takes it: `/dev/null` for what is new or deleted, no text for what is the same.
 * Line ends are kept, so a CRLF file's lines end in `\r\n` in the diff too.
 */
export function unifiedDiff(file: PlannedFile): string {
  switch (file.action) {
    case 'create':
      return filePatch('/dev/null', `b/${file.path}`, '', file.text);
    case 'edit':
      return filePatch(`a/${file.path}`, `b/${file.path}`, file.before, file.after);
    case 'delete':
      return filePatch(`a/${file.path}`, '/dev/null', file.before, '');
    case 'same':
      return '';
  }
}

/** A unified diff with three lines of context, without a line for the tool that made it. */
export function filePatch(from: string, to: string, before: string, after: string): string {
  if (before === after) return '';
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(from, to, before, after, undefined, undefined, options);
}
