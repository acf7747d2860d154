import type { Catalog } from './catalog/types.ts';
import type { ScaffoldPlan, ScaffoldRequest } from './plan/types.ts';
import type { ProjectFiles, ProjectProfile } from './project/types.ts';
import type { Candidate, SourceText } from './wire/types.ts';

/** Everything that a surface (editor, command line) needs. Knows neither vscode nor the disk beyond the templates. */
export interface Engine {
  catalog(): Promise<Catalog>;
  /** Profile of the package that `near` (a file or folder) belongs to. Throws `PlanError` `NO_PACKAGE_JSON` or `NO_TSCONFIG`. */
  profile(files: ProjectFiles, near: string): Promise<ProjectProfile>;
  /** Pure: reads through `files`, writes nothing. Throws `PlanError`. */
  plan(
    request: ScaffoldRequest,
    files: ProjectFiles,
    options?: { near?: string; signal?: AbortSignal },
  ): Promise<ScaffoldPlan>;
  /** What patterns could wire in this file; for code actions and the target question. */
  candidates(file: SourceText, profile: ProjectProfile): Promise<readonly PatternCandidate[]>;
  /** Text of `page.md` and of the demo's bundle path, for the pattern page. */
  explanation(
    id: string,
  ): Promise<{ readonly markdown: string; readonly demo: string | undefined }>;
}

export interface PatternCandidate extends Candidate {
  readonly pattern: string;
  /** From the wiring spec's title, e.g. `Put a cache in front of UserRepository.findById`. */
  readonly title: string;
  /** `FILE:SYMBOL`, as `ScaffoldRequest.target` takes it. */
  readonly target: string;
}
