/**
 * Why a project cannot be read. The codes are those of the command line, so that every surface reports them alike.
 * - `NO_PACKAGE_JSON`, `NO_TSCONFIG`: there is none from the asked folder up to the root;
 * - `SYNTAX_ERROR`: a package.json or tsconfig that does not parse;
 * - `OUTSIDE_WORKSPACE`: a path, or the link it stands for, that leaves the root;
 * - `UNREADABLE`: there is a file, but not one whose text can be taken (too large, not UTF-8, no permission).
 */
export type ProjectErrorCode =
  'NO_PACKAGE_JSON' | 'NO_TSCONFIG' | 'SYNTAX_ERROR' | 'OUTSIDE_WORKSPACE' | 'UNREADABLE';

export class ProjectError extends Error {
  override readonly name = 'ProjectError';
  readonly code: ProjectErrorCode;
  /** What the reader can do about it. */
  readonly hint: string;

  constructor(code: ProjectErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
