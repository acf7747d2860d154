import type { ProjectProfile } from '../project/types.ts';
import { codeStyle, type CodeStyle } from './code.ts';
import { EditRecorder } from './recorder.ts';
import type { Source } from './source.ts';

/** A file with the edits that are being made to it, in its own style. */
export interface Draft {
  readonly source: Source;
  readonly recorder: EditRecorder;
  readonly style: CodeStyle;
}

export function draftOf(source: Source, profile: Pick<ProjectProfile, 'style'>): Draft {
  const style = codeStyle(source, profile);
  return { source, style, recorder: new EditRecorder(source.file, style.eol) };
}
