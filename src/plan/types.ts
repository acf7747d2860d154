import type { ProjectProfile } from '../project/types.ts';
import type { TextEdit, WiringNote } from '../wire/types.ts';

/** What the user asked for, whichever surface asked. */
export interface ScaffoldRequest {
  readonly pattern: string;
  readonly name?: string;
  readonly engine?: string;
  /** `FILE[:SYMBOL]`, relative to the root. */
  readonly target?: string;
  /** Output folder, relative to the root; default `profile.outDir`. */
  readonly out?: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

export type PlannedFile =
  | { readonly action: 'create'; readonly path: string; readonly text: string }
  | {
      readonly action: 'edit';
      readonly path: string;
      /** The text that the edits were computed on; a sink refuses when the file is no longer this. */
      readonly before: string;
      readonly after: string;
      readonly edits: readonly TextEdit[];
    }
  /** `before` as in an edit: a sink refuses when the file is no longer this. */
  | { readonly action: 'delete'; readonly path: string; readonly before: string }
  | { readonly action: 'same'; readonly path: string; readonly text: string };

export interface PlannedWiring {
  readonly file: string;
  /** `unwired` where a plan takes wiring back. */
  readonly status: 'wired' | 'unwired' | 'already' | 'manual';
  readonly summary?: string;
  /** What the user should look at beside what was wired; repeated in the plan's warnings. */
  readonly notes?: readonly WiringNote[];
  readonly reason?: string;
  readonly snippet?: string;
  /** 1-based; none where there is no such file, and the snippet is written for where it would stand. */
  readonly line?: number;
}

/** One plan, many sinks: preview, WorkspaceEdit, disk, JSON. Computing it has written nothing. */
export interface ChangePlan {
  readonly profile: ProjectProfile;
  /** Creates first, then edits, deletes, and what is already there; receipt and package.json are among them. */
  readonly files: readonly PlannedFile[];
  readonly dependencies: {
    readonly add: Readonly<Record<string, string>>;
    readonly dev: Readonly<Record<string, string>>;
    /** Names of packages that nothing needs any more. */
    readonly remove?: readonly string[];
  };
  readonly wiring: readonly PlannedWiring[];
  /** To run by hand or on offer, in order, e.g. `npm install`, `npm test`. Never run by planning or applying. */
  readonly commands: readonly string[];
  readonly warnings: readonly string[];
}

/** What `add` does. */
export interface ScaffoldPlan extends ChangePlan {
  readonly pattern: string;
  /** `pattern/name`. */
  readonly instance: string;
  readonly engine: string;
}

/** What becomes of instances that are there. */
export interface LifecyclePlan extends ChangePlan {
  readonly change: 'update' | 'remove' | 'switch';
  /** `pattern/name`, those of which something changes; those that were asked for where nothing does. */
  readonly instances: readonly string[];
  /** Files that both sides changed in the same place; each is among `files` as an edit that puts conflict markers in. */
  readonly conflicts: readonly MergeConflict[];
}

/** A file whose 3-way merge is left to the user: the three texts for a merge editor. */
export interface MergeConflict {
  readonly path: string;
  /** As it was generated. */
  readonly base: string;
  /** As it is now. */
  readonly current: string;
  /** As it would be generated now. */
  readonly incoming: string;
  /** Places that conflict. */
  readonly regions: number;
}

/** Stable codes; the command line's exit code follows from them. */
export type PlanErrorCode =
  | 'UNKNOWN_PATTERN'
  | 'NOT_SCAFFOLDABLE'
  | 'UNKNOWN_INSTANCE'
  | 'UNKNOWN_ENGINE'
  | 'UNKNOWN_OPTION'
  | 'BAD_OPTION'
  | 'BAD_NAME'
  | 'BAD_TARGET'
  | 'AMBIGUOUS_TARGET'
  | 'OUTSIDE_WORKSPACE'
  | 'UNREADABLE'
  | 'NO_PACKAGE_JSON'
  | 'NO_TSCONFIG'
  | 'SYNTAX_ERROR'
  | 'BAD_RECEIPT'
  | 'BAD_TEMPLATE'
  | 'CONFLICT'
  | 'READ_ONLY'
  | 'CANCELLED';
