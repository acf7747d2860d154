import semver from 'semver';
import { PlanError } from '../errors.ts';
import { instanceNames } from '../names.ts';
import type { InstanceRecord, Receipt } from '../receipt.ts';
import type { Rendered } from '../reconcile.ts';
import { renderInstance, renderUnit } from '../render-units.ts';
import { resolvePattern, type ScaffoldablePattern } from '../resolve.ts';
import { make, type Made } from '../settle.ts';
import { versionIn } from '../status.ts';
import type { LifecycleTools } from './tools.ts';

/** An instance as it would be made today, with the answers of then. */
export interface Remade {
  readonly instance: string;
  readonly pattern: ScaffoldablePattern;
  readonly record: InstanceRecord;
  readonly made: Made;
  /** Its engine is another than before. */
  readonly isSwitched: boolean;
}

/**
 * @param engine another than the recorded one
 * @throws PlanError `UNKNOWN_PATTERN`, `NOT_SCAFFOLDABLE`, `UNKNOWN_ENGINE`, `BAD_OPTION`, `BAD_RECEIPT`; `CONFLICT` when a newer version made it
 */
export async function remake(
  tools: LifecycleTools,
  instance: string,
  engine?: string,
): Promise<Remade> {
  const { catalog, profile, ledger } = tools;
  const record = ledger.receipt.instances.get(instance)!;
  const [id = '', name = ''] = instance.split('/');
  const pattern = resolvePattern(catalog, id);
  if (semver.gt(record.version, pattern.version)) throw madeByNewer(instance, record, pattern);
  const learnt = await ledger.learnt(instance);
  const request = { pattern: id, ...(engine === undefined ? {} : { engine }) };
  const made = make({ request, pattern, catalog, ledger, profile }, instanceNames(name), learnt);
  const isSwitched = made.engine !== record.engine;
  if (record.target !== undefined && learnt === undefined) throw forgotten(instance, record);
  return { instance, pattern, record, made, isSwitched };
}

/** Its own files, anew. */
export function renderRemade(
  { pattern, made }: Remade,
  { profile }: LifecycleTools,
): Promise<readonly Rendered[]> {
  return renderInstance(pattern, made, profile);
}

/** The files of all units that some instances use, each once for each output folder. */
export async function renderShared(
  remade: readonly Remade[],
  { profile }: LifecycleTools,
): Promise<readonly Rendered[]> {
  const wanted = new Map(
    remade.flatMap(({ made }) =>
      made.units.shared.map((unit) => [`${made.out}\0${unit.id}`, { unit, out: made.out }]),
    ),
  );
  const rendered = await Promise.all(
    [...wanted.values()].map(({ unit, out }) => renderUnit(unit, out, profile)),
  );
  return rendered.flat();
}

/**
 * Instances that have to change together: those that share a unit of which there is a newer version, for its users are written for it.
 * @returns with the chosen ones, in order
 */
export function withSharers(
  chosen: readonly string[],
  { receipt }: { readonly receipt: Receipt },
  catalog: LifecycleTools['catalog'],
): readonly string[] {
  const recorded = new Map(
    [...receipt.files.values()].map(({ owner, version }) => [owner, version]),
  );
  const isStale = (unit: string): boolean => {
    const present = recorded.get(unit);
    const available = versionIn(catalog, unit);
    return present !== undefined && available !== undefined && semver.gt(available, present);
  };
  const all = new Set(chosen);
  for (const instance of all) {
    const stale = receipt.instances.get(instance)?.uses.filter(isStale) ?? [];
    for (const [other, { uses }] of receipt.instances) {
      if (uses.some((unit) => stale.includes(unit))) all.add(other);
    }
  }
  return [...all].toSorted();
}

function madeByNewer(
  instance: string,
  { version }: InstanceRecord,
  pattern: ScaffoldablePattern,
): PlanError {
  return new PlanError(
    'CONFLICT',
    `${instance} was made by a newer Patternsmith (${pattern.id} ${version}; this one has ${pattern.version}). Nothing was written.`,
    'Update Patternsmith, then try again.',
    [instance],
  );
}

function forgotten(instance: string, { target }: InstanceRecord): PlanError {
  return new PlanError(
    'CONFLICT',
    `It is not known any more what ${instance} learnt from ${target}: .patternsmith/wiring/${instance}.json is missing. Nothing was written.`,
    'Restore the file from version control, then try again.',
    [instance],
  );
}
