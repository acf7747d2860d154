import type { InstanceChange } from '../bookkeeping.ts';
import { checkAborted } from '../errors.ts';
import { lineEdit } from '../line-edits.ts';
import { usersOf, wiringPath } from '../receipt.ts';
import { instanceNamed } from '../status.ts';
import type { LifecyclePlan, PlannedFile, PlannedWiring } from '../types.ts';
import { rewritten, unwireBeneath, type Upper } from './beneath.ts';
import type { Use } from './importers.ts';
import { nothingToDo, planOf, textsAfter } from './plan-of.ts';
import { retire } from './retire.ts';
import type { LifecycleTools } from './tools.ts';
import { type FilePatch, readPatch, unwire, type Unwired } from './unwire.ts';

/**
 * Takes an instance out: what was wired into the user's files, its own files, and the units and packages that no other instance needs. What was
 * changed by hand stays. Where something cannot be unwired for certain, or other code imports what would go, nothing is done at all: the
 * plan has no files then, and its `wiring` says what to take out by hand first.
 * @throws PlanError `UNKNOWN_INSTANCE`, `BAD_RECEIPT`
 */
export async function planRemove(
  { instance: wanted }: { readonly instance: string },
  tools: LifecycleTools,
): Promise<LifecyclePlan> {
  const { ledger, signal } = tools;
  const instance = instanceNamed(ledger.receipt, wanted);
  const { files: unwired, wiring, rewired, gone } = await unwireAll(instance, tools);
  checkAborted(signal);
  const byHand = wiring.filter(({ status }) => status === 'manual');
  const draft = { change: 'remove', instances: [instance] } as const;
  if (byHand.length > 0) return nothingToDo({ ...draft, wiring: byHand, warnings: [] }, tools);

  const retired = await retire(pathsToGo(instance, tools), textsAfter(unwired), tools);
  checkAborted(signal);
  if (retired.broken.length > 0) {
    const left = retired.broken.map(stillImported);
    return nothingToDo({ ...draft, wiring: left, warnings: gone.map(goneFrom) }, tools);
  }
  return planOf(
    {
      ...draft,
      conflicts: [],
      wiring,
      warnings: [...gone.map(goneFrom), ...retired.warnings],
      files: [...unwired, ...retired.files],
      uses: retired.uses,
      made: new Map(),
      ledger: { instances: new Map([[instance, undefined], ...rewired]), files: retired.records },
    },
    tools,
  );
}

/** The instance's own files, and those of units that it alone uses. */
function pathsToGo(instance: string, { ledger }: LifecycleTools): readonly string[] {
  const { receipt } = ledger;
  const uses = receipt.instances.get(instance)?.uses ?? [];
  const owners = [
    `instances/${instance}`,
    ...uses.filter((unit) => usersOf(unit, receipt).every((user) => user === instance)),
  ];
  return owners.flatMap((owner) => ledger.pathsOf(owner));
}

async function unwireAll(
  instance: string,
  tools: LifecycleTools,
): Promise<{
  readonly files: readonly PlannedFile[];
  readonly wiring: readonly PlannedWiring[];
  /** Other instances, whose wiring reads otherwise now. */
  readonly rewired: ReadonlyMap<string, InstanceChange>;
  /** Files that it was wired into and that are not there any more. */
  readonly gone: readonly string[];
}> {
  const { ledger, files } = tools;
  let others: Others | undefined;
  const rewired = new Map<string, InstanceChange>();
  const gone = new Set<string>();
  const texts = new Map<string, { readonly before: string; after: string }>();
  const wiring = new Map<string, PlannedWiring>();
  for (const patch of readPatch(await ledger.patch(instance), wiringPath(instance))) {
    const file = ledger.absolute(patch.path);
    const before = texts.get(file)?.after ?? (await files.read(file));
    if (before === undefined) {
      gone.add(file);
      continue;
    }
    const known = texts.get(file) ?? { before, after: before };
    texts.set(file, known);
    let outcome = unwire(patch, known.after);
    if (outcome.status === 'manual') {
      others ??= await othersThan(instance, tools);
      const beneath = unwireAmong(others, patch, known.after, outcome);
      outcome = beneath.outcome;
      for (const [other, all] of beneath.patches) {
        others.set(other, readPatch(all, wiringPath(other)));
        rewired.set(other, { record: ledger.receipt.instances.get(other)!, patch: all });
      }
    }
    if (outcome.status === 'unwired') known.after = outcome.text;
    const earlier = wiring.get(file);
    if (outcome.status === 'manual') wiring.set(file, { file, ...outcome });
    else if (earlier?.status !== 'manual' && earlier?.status !== 'unwired') {
      wiring.set(file, { file, status: outcome.status });
    }
  }
  await refuseBroken(texts, wiring, tools);
  return {
    files: [...texts].map(([path, { before, after }]) => lineEdit(path, before, after)),
    wiring: [...wiring.values()],
    rewired,
    gone: [...gone],
  };
}

/** What every other instance has wired. */
type Others = Map<string, readonly FilePatch[]>;

async function othersThan(instance: string, { ledger }: LifecycleTools): Promise<Others> {
  const names = [...ledger.receipt.instances.keys()].filter((other) => other !== instance);
  return new Map(
    await Promise.all(
      names.map(async (other) => {
        const patches = readPatch(await ledger.patch(other), wiringPath(other));
        return [other, patches] as const;
      }),
    ),
  );
}

/** Unwires what was not found as it was written: others may have been wired in among its lines. */
function unwireAmong(
  others: Others,
  own: FilePatch,
  text: string,
  manual: Unwired & { readonly status: 'manual' },
): { readonly outcome: Unwired; readonly patches: ReadonlyMap<string, string> } {
  const { path } = own;
  const there = [...others].filter(([, patches]) => patches.some((each) => each.path === path));
  // What was wired into the file in several steps is not taken apart.
  const uppers = there.flatMap(([instance, patches]): Upper[] => {
    const [patch, ...more] = patches.filter((each) => each.path === path);
    return patch === undefined || more.length > 0 ? [] : [{ instance, patch }];
  });
  const uncovered = unwireBeneath(own, uppers, text);
  if (uncovered !== undefined) {
    const patches = [...uncovered.patches].map(
      ([other, now]) => [other, rewritten(others.get(other)!, path, now)] as const,
    );
    return { outcome: { status: 'unwired', text: uncovered.text }, patches: new Map(patches) };
  }
  const names = there.map(([instance]) => instance).join(' and ');
  const reason =
    names === ''
      ? manual.reason
      : `${manual.reason}, or ${names} was wired in among them: remove that first`;
  return { outcome: { ...manual, reason }, patches: new Map() };
}

/** A file that parsed before and does not afterwards was not understood: it is left to the user. */
async function refuseBroken(
  texts: ReadonlyMap<string, { readonly before: string; readonly after: string }>,
  wiring: Map<string, PlannedWiring>,
  { wiring: load }: LifecycleTools,
): Promise<void> {
  const changed = [...texts].filter(([, { before, after }]) => before !== after);
  if (changed.length === 0) return;
  const { syntaxProblem } = await load();
  for (const [path, { before, after }] of changed) {
    if (!/\.[mc]?[jt]sx?$/.test(path)) continue;
    const problem = syntaxProblem({ path, text: after });
    if (problem === undefined || syntaxProblem({ path, text: before })) continue;
    wiring.set(path, {
      file: path,
      status: 'manual',
      reason: `without what was wired in it would not parse (line ${problem.line}: ${problem.message})`,
      line: 1,
    });
  }
}

function goneFrom(file: string): string {
  return `${file}, which the instance was wired into, was deleted or renamed.`;
}

function stillImported({ file, line, text, specifier }: Use): PlannedWiring {
  return {
    file,
    line,
    status: 'manual',
    reason: `it still imports ${specifier}, which is part of the instance`,
    snippet: `-${text}`,
  };
}
