import type { Catalog } from '../catalog/types.ts';
import type { ProjectFiles, ProjectProfile } from '../project/types.ts';
import type { InstanceRef } from '../wire/types.ts';
import type { Ledger } from './bookkeeping.ts';
import { instanceContext, type InstanceContext } from './context.ts';
import { PlanError } from './errors.ts';
import { instanceAt, outDir, refuseOtherAnswers } from './instance.ts';
import type { Learnt } from './learnt.ts';
import { instanceNames, type Names } from './names.ts';
import {
  certainPlaces,
  type NamedTarget,
  nowhere,
  type Places,
  placesFor,
  placesWiredBefore,
  type Surroundings,
} from './placements.ts';
import type { InstanceRecord } from './receipt.ts';
import { inLanguage, isRendered, renderText } from './render.ts';
import {
  type OptionValue,
  resolveEngine,
  resolveOptions,
  type ScaffoldablePattern,
} from './resolve.ts';
import { targetText } from './target.ts';
import type { ScaffoldRequest } from './types.ts';
import { collectUnits, type Units } from './units.ts';

export interface Question {
  readonly request: ScaffoldRequest;
  readonly pattern: ScaffoldablePattern;
  readonly catalog: Catalog;
  readonly files: ProjectFiles;
  readonly profile: ProjectProfile;
  readonly ledger: Ledger;
  readonly target: NamedTarget | undefined;
  readonly around: Surroundings;
}

/** One instance and all that it needs, before it is known where it is wired, and after. */
export interface Made {
  /** `pattern/name`. */
  readonly instance: string;
  readonly names: Names;
  readonly engine: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Workspace path. */
  readonly out: string;
  readonly units: Units;
  readonly context: InstanceContext;
  /** What the receipt knows of it. */
  readonly record: InstanceRecord | undefined;
  /** What the places that are wired taught; undefined where nothing is. */
  readonly learnt: Learnt | undefined;
}

export interface Settled extends Made {
  readonly placements: Places['placements'];
  /** `FILE:SYMBOL` that it is wired to, relative to the package. */
  readonly target: string | undefined;
  /** The instance's files are there and are the user's: they are not rendered again. */
  readonly keep: boolean;
  /** Files in the place of the instance's are its own, whatever the receipt says: the target is wired to them. */
  readonly adopt: boolean;
}

/** Settles which instance is meant, how it is made and where it is wired. @throws PlanError */
export async function settle(question: Question): Promise<Settled> {
  const { request, pattern, ledger, target, around } = question;
  const wanted = target && ledger.relative(targetText(target.name));
  const known = wanted && instanceAt(ledger.receipt, pattern.id, wanted);
  const provisional = make(
    question,
    instanceNames(request.name ?? known?.split('/')[1] ?? pattern.scaffold.defaultName),
  );
  const kept = await keptInstance(question, provisional, wanted);
  if (kept) return kept;

  const places = target
    ? placesFor(target, around, provisional.context)
    : certainPlaces(around, provisional.context);
  const suggested = request.name === undefined && known === undefined && places.suggestedName;
  const names = suggested ? instanceNames(suggested) : provisional.names;
  const made = make(question, names, places.learnt);
  const reached = places.target && ledger.relative(places.target);
  checkAnswers(question, made, reached);
  return {
    ...made,
    placements: places.placements,
    target: reached ?? made.record?.target,
    keep: false,
    adopt: places.wired,
  };
}

/** What is asked of an instance, without where it is wired. */
export type Asked = Pick<Question, 'request' | 'pattern' | 'catalog' | 'ledger' | 'profile'>;

/** An instance of a name, with the answers of the request, else those that are recorded, else the defaults. @throws PlanError */
export function make(question: Asked, names: Names, learnt?: Learnt): Made {
  const { request, pattern, catalog, ledger, profile } = question;
  const instance = `${pattern.id}/${names.kebab}`;
  const record = ledger.receipt.instances.get(instance);
  const engine = resolveEngine(pattern, request.engine ?? record?.engine);
  const options = resolveOptions(pattern.scaffold.options, request.options ?? {}, record?.options);
  const units = collectUnits(catalog, pattern, engine);
  const context = instanceContext({
    names,
    scaffold: pattern.scaffold,
    engine: catalog.engines.get(engine) ?? { id: engine, title: engine },
    adapters: units.adapters,
    options,
    ...(learnt ? { wire: learnt } : {}),
  });
  const out = outDir(request.out, record, ledger.receipt, profile);
  return { instance, names, engine, options, out, units, context, record, learnt };
}

/** The instance as it is, when it was made before and nothing new is asked of it. */
async function keptInstance(
  question: Question,
  made: Made,
  wanted: string | undefined,
): Promise<Settled | undefined> {
  const { target, around } = question;
  const { record } = made;
  if (!record || !(await isThere(question, made))) return undefined;
  if (wanted === undefined || target === undefined) {
    checkAnswers(question, made, undefined);
    const { placements } =
      record.target === undefined ? certainPlaces(around, made.context) : nowhere;
    return { ...made, placements, target: record.target, keep: true, adopt: false };
  }
  if (record.target !== wanted && !record.target?.startsWith(`${wanted}:`)) return undefined;
  checkAnswers(question, made, record.target);
  const symbol = record.target.split(':')[1];
  // A line number told the place as it was before the wiring moved it.
  if (/^L\d+$/.test(symbol ?? '')) {
    if (question.request.name === undefined) refuseOtherLine(question, made);
    return { ...made, placements: [], target: record.target, keep: true, adopt: false };
  }
  const placements = placesWiredBefore(
    { ...target, name: { ...target.name, symbol } },
    around,
    made.context,
    instanceRef(question, made),
  );
  return placements && { ...made, placements, target: record.target, keep: true, adopt: false };
}

/**
 * Where the lines have moved, something else may have come to stand on the one that the instance was wired to.
 * @throws PlanError `AMBIGUOUS_TARGET` when that could be wired as well
 */
function refuseOtherLine({ target, around }: Question, { instance, names, context }: Made): void {
  if (target === undefined || !isOpen(target, around, context)) return;
  throw new PlanError(
    'AMBIGUOUS_TARGET',
    `${targetText(target.name)} was where ${instance} was wired, and other code stands on that line now. Nothing was written.`,
    `Give that code an instance of its own with --name, or name ${names.kebab} to mean the one that is there.`,
  );
}

function isOpen(target: NamedTarget, around: Surroundings, context: InstanceContext): boolean {
  try {
    return !placesFor(target, around, context).wired;
  } catch (error) {
    if (error instanceof PlanError) return false;
    throw error;
  }
}

/** What the receipt will say of the instance. */
export function recordOf(
  made: Made & Pick<InstanceRecord, 'target'>,
  ledger: Ledger,
  version: string,
): InstanceRecord {
  return {
    version,
    engine: made.engine,
    out: ledger.relative(made.out),
    target: made.target,
    options: made.options,
    uses: made.units.shared.map(({ id }) => id),
  };
}

/** Whether the instance's own source files are all in their place. */
async function isThere({ files, ledger }: Question, { instance }: Made): Promise<boolean> {
  const paths = ledger
    .pathsOf(`instances/${instance}`)
    .filter((path) => !/\.(test|spec)\.\w+$/.test(path));
  const texts = await Promise.all(paths.map((path) => files.read(path)));
  return texts.length > 0 && texts.every((text) => text !== undefined);
}

function checkAnswers(question: Question, made: Made, target: string | undefined): void {
  if (made.record === undefined) return;
  if (
    made.record.target !== undefined &&
    target !== undefined &&
    question.request.name === undefined
  ) {
    refuseTakenName(made, target);
  }
  refuseOtherAnswers(made.instance, made.record, question.request, {
    engine: made.engine,
    options: made.options,
    out: question.ledger.relative(made.out),
    target,
  });
}

function refuseTakenName({ instance, record, names }: Made, target: string): void {
  if (record?.target === target) return;
  throw new PlanError(
    'BAD_NAME',
    `The name "${names.kebab}" would suit ${target}, but ${instance} is there already, wired to ${record?.target}. Nothing was written.`,
    'Give this one a name with --name.',
  );
}

/** The file that wired code imports: the first that is rendered of the instance. */
export function instanceRef(
  { pattern, profile }: Pick<Question, 'pattern' | 'profile'>,
  made: Made,
): InstanceRef {
  const { camel, pascal, kebab } = made.names;
  const own = pattern.scaffold.files.filter((file) => file.role === 'instance');
  const spec = own.find((file) => isRendered(file, made.context)) ?? own[0];
  const written = spec && renderText(spec.path, made.context);
  const path = written === undefined ? made.out : `${made.out}/${inLanguage(written, profile)}`;
  return { path, camel, pascal, kebab };
}
