import { posix } from 'node:path';
import type { Catalog } from '../catalog/types.ts';
import type { ProjectFiles, ProjectProfile } from '../project/types.ts';
import type { Recipe } from '../wire/types.ts';
import { type FileChange, Ledger, type LedgerChange } from './bookkeeping.ts';
import { type CommandFacts, commandsFor } from './commands.ts';
import { compositionRoot, usualRoot } from './composition-root.ts';
import { configEntries } from './config/entries.ts';
import { planConfig } from './config/plan-config.ts';
import { type DependencyPlan, planDependencies } from './dependencies.ts';
import { EditedText } from './edited-text.ts';
import { checkAborted, PlanError } from './errors.ts';
import { refuseWhatIsInTheWay } from './in-the-way.ts';
import { noteWarnings } from './notes.ts';
import { declare, declaredIn, scriptIn } from './package-json.ts';
import { confined } from './paths.ts';
import type { NamedTarget, Surroundings } from './placements.ts';
import { fileOf, reconcile, type Reconciled } from './reconcile.ts';
import { hashOf } from './receipt.ts';
import { renderInstance, renderUnit } from './render-units.ts';
import { renderDeep } from './render.ts';
import { resolvePattern } from './resolve.ts';
import { instanceRef, type Question, recordOf, settle, type Settled } from './settle.ts';
import { parseTarget, readTarget, type Route } from './target.ts';
import type { ScaffoldPlan, ScaffoldRequest } from './types.ts';
import { runWiring, type Wired } from './wiring.ts';

/** What planning works on. */
export interface PlanningTools {
  readonly catalog: Catalog;
  readonly files: ProjectFiles;
  /** Profile of the package that a file or folder belongs to. */
  profile(near: string): Promise<ProjectProfile>;
  /** The wiring recipes; asked for only when something is to be wired. */
  wiring(): Promise<WiringTools>;
}

export interface WiringTools {
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** The first thing in a file that does not parse. */
  syntaxProblem(file: {
    path: string;
    text: string;
  }): { line: number; message: string } | undefined;
}

export interface PlanOptions {
  /** File or folder that tells the package when the request names neither target nor output folder. Default: the root. */
  readonly near?: string;
  /** Folder in which the plan's commands will be typed. Default: the root. */
  readonly from?: string;
  /** Checked between the steps. */
  readonly signal?: AbortSignal;
}

/**
 * What a request will do, computed without writing anything: the same plan object is previewed, applied and printed.
 * Planning again what is there creates and edits nothing.
 * @throws PlanError
 */
export async function planScaffold(
  request: ScaffoldRequest,
  tools: PlanningTools,
  { near = '', from = '', signal }: PlanOptions = {},
): Promise<ScaffoldPlan> {
  const { catalog, files } = tools;
  const pattern = resolvePattern(catalog, request.pattern);
  const name = request.target === undefined ? undefined : parseTarget(request.target);
  const out = request.out === undefined ? undefined : confined(request.out, 'The output folder');
  checkAborted(signal);
  const target = name && { name, file: await readTarget(name.path, files) };
  const profile = await tools.profile(name?.path ?? out ?? near);
  checkAborted(signal);
  const ledger = await Ledger.open(files, profile.packageDir);
  const around = await surroundings(tools, pattern.scaffold.wiring, profile, target);
  checkAborted(signal);
  const question: Question = { request, pattern, catalog, files, profile, ledger, target, around };
  const settled = await settle(question);
  checkAborted(signal);
  const generated = await generate(question, settled);
  checkAborted(signal);
  const steps = settled.placements.map(({ route, ...place }) => ({
    ...place,
    recipe: route.recipe,
    params: renderDeep(route.spec.params, settled.context) as Route['params'],
  }));
  const wired = await runWiring(steps, instanceRef(question, settled), profile);
  const plan = await assemble(question, settled, generated, wired, from);
  checkAborted(signal);
  return plan;
}

/** What is around the places to wire. ts-morph is loaded only when there may be one. */
async function surroundings(
  { files, wiring }: PlanningTools,
  specs: Surroundings['wiring'],
  profile: ProjectProfile,
  target: NamedTarget | undefined,
): Promise<Surroundings> {
  const onlyRoot = specs.length > 0 && specs.every(({ on }) => on === 'composition-root');
  if (target === undefined && !(onlyRoot && profile.entries.length > 0)) {
    return { wiring: specs, recipes: new Map(), profile, root: undefined };
  }
  const { recipes, syntaxProblem } = await wiring();
  const problem = target && syntaxProblem(target.file);
  if (target && problem) {
    throw new PlanError(
      'SYNTAX_ERROR',
      `${target.file.path}:${problem.line} does not parse: ${problem.message} Nothing was written.`,
      'Correct the file, then try again.',
    );
  }
  const root = await compositionRoot(specs, recipes, profile, files, target?.name.path);
  const isMissing =
    profile.entries.length === 0 && specs.some(({ on }) => on === 'composition-root');
  const usual = isMissing ? { usual: await usualRoot(profile, files) } : {};
  return { wiring: specs, recipes, profile, root, ...usual };
}

/** Every generated file against what stands in its place. */
async function generate(question: Question, settled: Settled): Promise<readonly Reconciled[]> {
  const { files, ledger, profile, pattern } = question;
  const known = { files, record: (path: string) => ledger.record(path) };
  const units = await Promise.all(
    settled.units.shared.map(async (unit) =>
      reconcile(await renderUnit(unit, settled.out, profile), known),
    ),
  );
  if (settled.keep) return units.flat();
  const refresh = settled.record?.target === undefined && settled.target !== undefined;
  const instance = await renderInstance(pattern, settled, profile);
  return [
    ...units.flat(),
    ...(await reconcile(instance, known, { refresh, adopt: settled.adopt })),
  ];
}

async function assemble(
  question: Question,
  settled: Settled,
  generated: readonly Reconciled[],
  wired: Wired,
  from: string,
): Promise<ScaffoldPlan> {
  const { files, ledger, profile, pattern } = question;
  const { packageJson, packages, commands } = await planPackageJson(question, settled);
  const config = await planConfig(
    { add: configEntries(settled, question.catalog), keep: undefined, packageJson },
    question,
  );
  const records = await ledger.plan(
    {
      instances: new Map([
        [
          settled.instance,
          {
            record: recordOf(settled, ledger, settled.record?.version ?? pattern.version),
            learnt: settled.adopt ? undefined : settled.learnt,
            wired: wired.files,
          },
        ],
      ]),
      files: fileChanges(generated),
      dependencies: { ...packages.add, ...packages.dev },
      config: config.records,
    },
    profile.style,
  );
  const own = generated.map(({ file }) => file).filter((file) => file !== undefined);
  const manifest = fileOf(posix.join(profile.packageDir, 'package.json'), packageJson);
  const all = [...own, ...wired.files, ...config.files, manifest, ...records];
  const wiring = [...wired.wiring, ...config.wiring];
  await refuseWhatIsInTheWay(
    generated.filter(({ conflict }) => conflict).map(({ rendered }) => rendered.path),
    all.filter(({ action }) => action === 'create').map(({ path }) => path),
    files,
    'Move or delete what is in the way, or give another --name or --out.',
  );
  const changes = all.some(({ action }) => action !== 'same');
  return {
    pattern: pattern.id,
    instance: settled.instance,
    engine: settled.engine,
    profile,
    files: (['create', 'edit', 'same'] as const).flatMap((action) =>
      all.filter((file) => file.action === action),
    ),
    dependencies: { add: packages.add, dev: packages.dev },
    wiring,
    commands: changes ? commandsFor(profile, commands, from) : [],
    warnings: [
      ...nodeWarnings(profile),
      ...packages.warnings,
      ...keptWarnings(generated),
      ...config.warnings,
      ...wiring.flatMap(noteWarnings),
    ],
  };
}

function fileChanges(generated: readonly Reconciled[]): LedgerChange['files'] {
  return new Map(
    generated.flatMap(({ rendered: { path, text }, record }): [string, FileChange][] =>
      record === undefined
        ? []
        : [[path, { record, pristine: record.hash === hashOf(text) ? text : undefined }]],
    ),
  );
}

/** package.json with the packages that the generated code needs. */
async function planPackageJson(
  { files, profile }: Question,
  { units }: Settled,
): Promise<{
  readonly packageJson: EditedText;
  readonly packages: DependencyPlan;
  readonly commands: CommandFacts;
}> {
  const before = (await files.read(posix.join(profile.packageDir, 'package.json'))) ?? '{}';
  const isMember = profile.workspaceDir !== profile.packageDir;
  const root = isMember
    ? await files.read(posix.join(profile.workspaceDir, 'package.json'))
    : undefined;
  const packages = planDependencies(
    units.dependencies,
    declaredIn(before),
    profile,
    root === undefined ? undefined : declaredIn(root),
  );
  const packageJson = new EditedText(before);
  declare(packageJson, packages);
  const install = packageJson.edits.length > 0;
  return { packageJson, packages, commands: { install, testScript: scriptIn(before, 'test') } };
}

/** What the generated code promises to run on; its tests are run there. */
const LOWEST_NODE = 20;

function nodeWarnings({ nodeMajor }: ProjectProfile): readonly string[] {
  if (nodeMajor >= LOWEST_NODE) return [];
  return [
    `The generated code needs Node ${LOWEST_NODE}; the project says that it runs on ${nodeMajor}.`,
  ];
}

function keptWarnings(generated: readonly Reconciled[]): readonly string[] {
  return generated
    .filter(({ kept }) => kept)
    .map(({ rendered: { path, owner, version } }) =>
      owner.startsWith('instances/')
        ? `${path} was changed by hand and stays as it is: see that it fits what it is wired to now.`
        : `${path} was changed by hand and stays as it is, with all of ${owner}: version ${version} would differ.`,
    );
}
