/** What is wrong with a manifest. */
export interface Problem {
  /** JSON path, e.g. `scaffold.files[2].role`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A manifest that cannot be used. The message names the file, the place in it and what is expected there. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly code = 'BAD_MANIFEST';
  /** Absolute path of the manifest. */
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message));
    super(`${file}: ${lines.join('; ')}`);
    this.file = file;
    this.problems = problems;
  }
}
