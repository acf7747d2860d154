import type { ProjectProfile } from '../project/types.ts';

/** Replaces `[start, end)` (UTF-16 offsets into the original text) by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file to wire, as it is now. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** `FILE` or `FILE:SYMBOL`; the symbol is `function`, `Class.method`, or a line number as `L12` for what has no name. */
export interface Target {
  readonly file: SourceText;
  readonly symbol: string | undefined;
}

/** An import that inserted code needs. */
export interface NeededImport {
  readonly name: string;
  /**
   * A package, `node:` module, alias as written (`@/user`), or a workspace file path starting with `/` (`/src/patterns/user-cache.ts`);
   * a path without extension where the file it was read from writes none (`/src/user` may be `src/user/index.ts`).
   */
  readonly from: string;
  readonly typeOnly?: boolean;
  /** `{ name }` (the default), `name from`, or `* as name`. */
  readonly kind?: 'named' | 'default' | 'namespace';
  /** The local name of a named import, where it is another: `{ name as local }`. */
  readonly as?: string;
}

/** What a recipe learnt from the target, given to the instance's templates as `wire`. Strings are TypeScript source. */
export interface WireFacts {
  readonly [name: string]: string | boolean | readonly string[] | undefined;
}

export type Inspection =
  | {
      readonly ok: true;
      /** What the recipe will do to `symbol`. */
      readonly symbol: string;
      /** Suggested instance name, e.g. `user` for `UserRepository.findById`; empty where the target says nothing of what it is about. */
      readonly suggestedName: string;
      readonly facts: WireFacts;
      /** Imports that the instance file needs for the types in `facts`. */
      readonly imports: readonly NeededImport[];
      /** The target calls an instance of this pattern already, so its code is no longer there to be read: keep the instance file as it is. */
      readonly wired?: boolean;
    }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

/** Something in a file that a recipe can wire; feeds pickers and code actions. */
export interface Candidate {
  readonly symbol: string;
  /** 0-based line and UTF-16 offsets of the name. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** One line: why it fits. */
  readonly reason: string;
}

/** The generated instance that the target is wired to. */
export interface InstanceRef {
  /** Workspace path of the instance file. */
  readonly path: string;
  readonly camel: string;
  readonly pascal: string;
  readonly kebab: string;
}

export interface WireContext {
  readonly profile: ProjectProfile;
  readonly instance: InstanceRef;
  /** The recipe's params of pattern.json, with their Handlebars rendered. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Import specifier for a workspace file as written in `fromFile`. */
  specifier(fromFile: string, toFile: string): string;
}

/** Something beside the wiring that the user should look at, e.g. a write after which nothing is invalidated. */
export interface WiringNote {
  /** 1-based, in the file as it was. */
  readonly line: number;
  readonly text: string;
  /** The code to add there, when it can be told. */
  readonly snippet?: string;
}

/** Exactly one of the three; `manual` has edited nothing. */
export type WiringOutcome =
  | {
      readonly status: 'wired';
      readonly file: string;
      readonly edits: readonly TextEdit[];
      readonly summary: string;
      readonly notes?: readonly WiringNote[];
    }
  | { readonly status: 'already'; readonly file: string }
  | {
      readonly status: 'manual';
      readonly file: string;
      readonly reason: string;
      /** The exact code to paste. */
      readonly snippet: string;
      /** Where: 1-based line. */
      readonly line: number;
    };

export interface Recipe {
  readonly id: string;
  /** All that this recipe could wire in the file. `params` as in pattern.json: some recipes find their places by them. */
  candidates(
    file: SourceText,
    profile: ProjectProfile,
    params?: WireContext['params'],
  ): readonly Candidate[];
  /** Reads the target, decides; writes nothing. */
  inspect(target: Target, context: Pick<WireContext, 'profile' | 'params'>): Inspection;
  /** The edits. Applying them and wiring again must give `already`. */
  wire(target: Target, context: WireContext): WiringOutcome;
}
