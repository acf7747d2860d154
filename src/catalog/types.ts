/**
 * What stands in `templates/`: patterns, the kernel modules they build on, and the engine adapters.
 * The JSON Schemas in `src/catalog/schema/` are the documentation of each field; these types mirror them.
 */

export type Family = 'messaging' | 'data' | 'design';

/** One template file of a unit. */
export interface FileSpec {
  /** Template path, relative to the unit's folder, e.g. `src/cache-aside.ts.hbs`. */
  readonly template: string;
  /** Where it lands, relative to the output folder; Handlebars over the instance's names, e.g. `{{kebab}}-cache.ts`. */
  readonly path: string;
  /**
   * - `source`, `test`: generic code, installed once per project and shared by all instances;
   * - `instance`, `instance-test`: rendered once per instance, the user's own.
   * Tests are renamed to what the project's runner looks for (`.test.ts` or `.spec.ts`).
   */
  readonly role: 'source' | 'test' | 'instance' | 'instance-test';
  /** Rendered only when these instance facts are truthy, e.g. `["wire.extracted"]`. */
  readonly when?: readonly string[];
}

/** npm packages with the range to use, newest first, each with the lowest Node major that it runs on. */
export type DependencySpec = Readonly<
  Record<string, readonly { readonly range: string; readonly node: number }[]>
>;

/** A unit that is installed once per project: `templates/kernel/<id>/module.json`. */
export interface KernelManifest {
  readonly id: string;
  readonly version: string;
  readonly intent: string;
  /** Other kernel modules that this one imports. */
  readonly requires: readonly string[];
  readonly files: readonly FileSpec[];
}

/** An engine: `templates/engines/<id>/engine.json`. */
export interface EngineManifest {
  readonly id: string;
  readonly title: string;
  /** Runs in the process with no dependency and no server. */
  readonly embedded: boolean;
  /** What an adapter reads to find the server, with the value for a server on this machine. */
  readonly env?: { readonly name: string; readonly default: string };
  /** How the server is run beside the project's others, where the project has a Compose file. */
  readonly compose?: ComposeService;
  /** npm packages in a project that show it is already used there; prefills the engine question. */
  readonly detectedBy: readonly string[];
}

/** A service of a Compose file; its name there is the engine's id. */
export interface ComposeService {
  /** With the major version that the adapters are tested on, e.g. `redis:7-alpine`. */
  readonly image: string;
  /** As Compose takes them, on the loopback address: `127.0.0.1:6379:6379`. */
  readonly ports: readonly string[];
  /** Last parts of the names of images that hold such a server too, e.g. `valkey`: a project that runs one needs no other. */
  readonly images: readonly string[];
}

/** One implementation of one port on one engine: `templates/engines/<engine>/<port>.json` beside `<port>.ts.hbs`. */
export interface AdapterManifest {
  readonly engine: string;
  readonly port: string;
  readonly version: string;
  readonly requires: readonly string[];
  readonly dependencies: DependencySpec;
  /** The factory function that the instance imports from `./engines/<engine>/<port>.js`. */
  readonly symbol: string;
  /** The expression that builds it; Handlebars over the instance's context, e.g. `memoryCacheStore({ maxEntries: 10_000 })`. */
  readonly create: string;
  /** One line for the engines table of pattern pages, by column title. */
  readonly facts: Readonly<Record<string, string>>;
  readonly files: readonly FileSpec[];
}

/** A question beyond name, engine and target. At most three questions are asked in all; options have good defaults. */
export interface OptionSpec {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly default: string | number | boolean;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One recipe of `src/wire/recipes/` with this pattern's parameters. */
export interface WiringSpec {
  readonly recipe: string;
  /**
   * - `target`: applied to what the user named (`FILE:SYMBOL`);
   * - `composition-root`: applied to the file that starts the application, found by the profile.
   */
  readonly on: 'target' | 'composition-root';
  /** Shown in the picker and as the code action's title, e.g. `Put a cache in front of {{symbol}}`. */
  readonly title: string;
  /** Checked by the recipe itself. Strings are Handlebars over the instance's context. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Strings are Handlebars over the instance's context. */
export interface VariableSpec {
  /** E.g. `{{constant}}_URL`. */
  readonly name: string;
  /** What the instance takes without it. */
  readonly default: string;
  /** As in `FileSpec`. */
  readonly when?: readonly string[];
}

/** Strings are Handlebars over the instance's context. */
export interface ScriptSpec {
  /** E.g. `worker:{{kebab}}`. */
  readonly name: string;
  readonly command: string;
  /** As in `FileSpec`. */
  readonly when?: readonly string[];
}

/** When the hover shows, and what it says. */
export interface HoverTrigger {
  /** npm packages one of which must be imported by the file, or empty for the generated code's own names. */
  readonly imports: readonly string[];
  /** Identifiers, dotted paths (`channel.prefetch`) or string contents (`XAUTOCLAIM`) under the cursor. */
  readonly names: readonly string[];
  /** Markdown, at most a few lines: what it does, and the trap. */
  readonly text: string;
}

/** `templates/patterns/<id>/pattern.json`. A pattern without `files` is described but cannot be scaffolded yet. */
export interface PatternManifest {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  readonly version: string;
  /** One line: what it does for whom. */
  readonly intent: string;
  readonly keywords: readonly string[];
  readonly relations: {
    readonly composesWith: readonly string[];
    readonly alternativeTo: readonly string[];
    readonly specialCaseOf: readonly string[];
  };
  readonly scaffold?: ScaffoldSpec;
}

export interface ScaffoldSpec {
  /** Default of the name question when no target suggests one, e.g. `user`. */
  readonly defaultName: string;
  readonly options: readonly OptionSpec[];
  readonly requires: readonly string[];
  /** Ports the instance composes; the engines offered are those with an adapter for each of them. */
  readonly ports: readonly string[];
  readonly wiring: readonly WiringSpec[];
  /** Environment variables that an instance reads, for the project's `.env.example`. */
  readonly env?: readonly VariableSpec[];
  /** Scripts for the project's package.json. */
  readonly scripts?: readonly ScriptSpec[];
  readonly hover: readonly HoverTrigger[];
  readonly files: readonly FileSpec[];
}

/** Where a unit was read. */
export interface Located {
  /** Absolute folder. */
  readonly folder: string;
  /** For one of the project's own templates: its folder as messages name it, e.g. `.patternsmith/templates/patterns/audit-log`. */
  readonly own?: string;
}

/** A pattern as read from disk, with what goes beside its manifest. */
export interface Pattern extends PatternManifest, Located {
  /** Ids of the engines that have an adapter for each port, embedded ones first. */
  readonly engines: readonly string[];
}

export interface Catalog {
  readonly patterns: ReadonlyMap<string, Pattern>;
  readonly kernel: ReadonlyMap<string, KernelManifest & Located>;
  readonly engines: ReadonlyMap<string, EngineManifest>;
  /** By `engine/port`. */
  readonly adapters: ReadonlyMap<string, AdapterManifest & Located>;
}
