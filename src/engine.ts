import { access, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { loadCatalog } from './catalog/load.ts';
import type { OwnTemplates } from './catalog/own.ts';
import type { Catalog } from './catalog/types.ts';
import { Ledger } from './plan/bookkeeping.ts';
import { type EjectPlan, planEject } from './plan/eject.ts';
import { asToldError, catalogWith } from './plan/own-catalog.ts';
import type { MergeByHand } from './plan/lifecycle/open-conflicts.ts';
import type { LifecycleTools } from './plan/lifecycle/tools.ts';
import { type PlanOptions, planScaffold, type WiringTools } from './plan/plan.ts';
import { renderText } from './plan/render.ts';
import { unknownPattern } from './plan/resolve.ts';
import { type InstanceStatus, instanceStatus } from './plan/status.ts';
import type { LifecyclePlan, ScaffoldPlan, ScaffoldRequest } from './plan/types.ts';
import { profile } from './project/profile.ts';
import type { ProjectFiles, ProjectProfile } from './project/types.ts';
import type { Candidate, SourceText } from './wire/types.ts';

/** Everything that a surface (editor, command line) needs. Knows neither vscode nor the disk beyond the templates. */
export interface Engine {
  /** What comes with the product, overlaid by the project's own templates. Throws `PlanError` `BAD_TEMPLATE`, as all do that need it. */
  catalog(): Promise<Catalog>;
  /** Profile of the package that `near` (a file or folder) belongs to. Throws `PlanError` `NO_PACKAGE_JSON` or `NO_TSCONFIG`. */
  profile(files: ProjectFiles, near: string): Promise<ProjectProfile>;
  /** Pure: reads through `files`, writes nothing. Throws `PlanError`. */
  plan(request: ScaffoldRequest, files: ProjectFiles, options?: PlanOptions): Promise<ScaffoldPlan>;
  /** What became of the instances in a package; see `instanceStatus`. Reads only. Throws `PlanError` `BAD_RECEIPT`, `UNKNOWN_INSTANCE`. */
  status(
    files: ProjectFiles,
    packageDir: string,
    instance?: string,
  ): Promise<readonly InstanceStatus[]>;
  /** The text of a file as it was generated, by its workspace path; undefined where that was not, or is not known any more. Throws `PlanError` `BAD_RECEIPT`. */
  generated(files: ProjectFiles, packageDir: string, path: string): Promise<string | undefined>;
  /** Brings one instance, or all, to the newest templates; see `planUpdate`. Writes nothing. Throws `PlanError`. */
  update(
    files: ProjectFiles,
    packageDir: string,
    request: { readonly instance?: string },
    options?: LifecycleOptions,
  ): Promise<LifecyclePlan>;
  /** Takes an instance out again; see `planRemove`. Writes nothing. Throws `PlanError`. */
  remove(
    files: ProjectFiles,
    packageDir: string,
    request: { readonly instance: string },
    options?: LifecycleOptions,
  ): Promise<LifecyclePlan>;
  /** Moves an instance to another engine; see `planSwitch`. Writes nothing. Throws `PlanError`. */
  switchEngine(
    files: ProjectFiles,
    packageDir: string,
    request: { readonly instance: string; readonly engine: string },
    options?: LifecycleOptions,
  ): Promise<LifecyclePlan>;
  /** What was saved of a merge by hand, with what nobody has decided between conflict markers again; see `withOpenConflicts`. Pure. */
  openConflicts(merge: MergeByHand): Promise<{ readonly text: string; readonly open: number }>;
  /** What patterns could wire in this file; for code actions and the target question. */
  candidates(file: SourceText, profile: ProjectProfile): Promise<readonly PatternCandidate[]>;
  /** Copies a unit that came with the product among the own templates of the package or root at `dir`; see `planEject`. Throws `PlanError`. */
  eject(id: string, files: ProjectFiles, dir: string): Promise<EjectPlan>;
  /** Text of `page.md` (empty when there is none) and path of the demo's bundle, for the pattern page. Throws `PlanError` `UNKNOWN_PATTERN`. */
  explanation(
    id: string,
  ): Promise<{ readonly markdown: string; readonly demo: string | undefined }>;
}

export type LifecycleOptions = Pick<PlanOptions, 'from' | 'signal'>;

export interface PatternCandidate extends Candidate {
  readonly pattern: string;
  /** From the wiring spec's title, e.g. `Put a cache in front of UserRepository.findById`. */
  readonly title: string;
  /** `FILE:SYMBOL`, or `FILE` for what has no name, as `ScaffoldRequest.target` takes it. */
  readonly target: string;
}

// The command line loads these with the engine, from the engine's bundle: they share its classes of errors.
export { applyToDisk, takeBackInterrupted, wasInterrupted } from './plan/disk.ts';
export { diskFiles } from './project/disk-files.ts';

export interface EngineOptions {
  /** Absolute path of `templates`. */
  readonly templatesDir: string;
  /** The project's own, outermost first; only of a project that is trusted. */
  readonly ownTemplates?: readonly OwnTemplates[];
}

/** The engine over a folder of templates. */
export function createEngine({ templatesDir, ownTemplates = [] }: EngineOptions): Engine {
  let loading: Promise<Catalog> | undefined;
  const catalog = (): Promise<Catalog> => (loading ??= catalogWith(templatesDir, ownTemplates));
  // Errors of the project's reading, and of own templates, are told like those of planning.
  const reported = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw asToldError(error, ownTemplates);
    });
  const lifecycle = async <R>(
    planner: (request: R, tools: LifecycleTools) => Promise<LifecyclePlan>,
    ...[files, packageDir, request, { from = '', signal } = {}]: LifecycleCall<R>
  ): Promise<LifecyclePlan> =>
    reported(async () => {
      const ledger = await Ledger.open(files, packageDir);
      const tools = {
        catalog: await catalog(),
        files,
        profile: await profile(files, packageDir),
        ledger,
        wiring: loadWiring,
        from,
        signal,
      };
      return planner(request, tools);
    });
  return {
    catalog,
    profile: (files, near) => reported(() => profile(files, near)),
    plan: (request, files, options) =>
      reported(async () => {
        const tools = {
          catalog: await catalog(),
          files,
          profile: (near: string) => profile(files, near),
          wiring: loadWiring,
        };
        return planScaffold(request, tools, options);
      }),
    status: (files, packageDir, instance) =>
      reported(async () => instanceStatus(await catalog(), files, packageDir, instance)),
    generated: async (files, packageDir, path) =>
      (await Ledger.open(files, packageDir)).pristine(path),
    update: async (...call) =>
      lifecycle((await import('./plan/lifecycle/update.ts')).planUpdate, ...call),
    remove: async (...call) =>
      lifecycle((await import('./plan/lifecycle/remove.ts')).planRemove, ...call),
    switchEngine: async (...call) =>
      lifecycle((await import('./plan/lifecycle/switch-engine.ts')).planSwitch, ...call),
    openConflicts: async (merge) =>
      (await import('./plan/lifecycle/open-conflicts.ts')).withOpenConflicts(merge),
    candidates: async (file, project) => {
      const { recipes } = await loadWiring();
      return patternCandidates(await catalog(), recipes, file, project);
    },
    eject: (id, files, dir) =>
      reported(async () => planEject(await loadCatalog(templatesDir), files, dir, id)),
    explanation: async (id) => {
      const pattern = (await catalog()).patterns.get(id);
      if (!pattern) throw unknownPattern(await catalog(), id);
      const demo = join(templatesDir, '..', 'dist', 'demos', `${id}.mjs`);
      const [markdown, hasDemo] = await Promise.all([
        readFile(join(pattern.folder, 'page.md'), 'utf8').catch(emptyIfAbsent),
        access(demo).then(
          () => true,
          () => false,
        ),
      ]);
      // The demo of a pattern that the project has replaced would run other code than the project gets.
      return { markdown, demo: hasDemo && pattern.own === undefined ? demo : undefined };
    },
  };
}

type LifecycleCall<R> = readonly [
  files: ProjectFiles,
  packageDir: string,
  request: R,
  options?: LifecycleOptions | undefined,
];

/** ts-morph takes a third of a second to load, so it is loaded for what needs it. */
async function loadWiring(): Promise<WiringTools> {
  const [{ recipes }, { parse, syntaxProblems }] = await Promise.all([
    import('./wire/recipes.ts'),
    import('./wire/source.ts'),
  ]);
  return { recipes, syntaxProblem: (file) => syntaxProblems(parse(file))[0] };
}

function patternCandidates(
  catalog: Catalog,
  recipes: WiringTools['recipes'],
  file: SourceText,
  project: ProjectProfile,
): readonly PatternCandidate[] {
  return [...catalog.patterns.values()].flatMap(({ id, scaffold }) => {
    const bySymbol = new Map<string, PatternCandidate>();
    for (const { recipe, on, title, params } of scaffold?.wiring ?? []) {
      const fitting = on === 'target' ? recipes.get(recipe) : undefined;
      const found = fitting?.candidates(file, project, params) ?? [];
      for (const candidate of found.filter(({ symbol }) => !bySymbol.has(symbol))) {
        const { symbol } = candidate;
        bySymbol.set(symbol, {
          ...candidate,
          pattern: id,
          // What has no name, as a server that is created and started in one expression, is meant by its file.
          title: renderText(title, {
            symbol: symbol.replace(/^L(?=\d+$)/, 'line ') || posix.basename(file.path),
          }),
          target: symbol === '' ? file.path : `${file.path}:${symbol}`,
        });
      }
    }
    return [...bySymbol.values()];
  });
}

function emptyIfAbsent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
