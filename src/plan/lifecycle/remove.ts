import type { InstanceChange } from '../bookkeeping.ts';
import { checkAborted } from '../errors.ts';
import { lineEdit } from '../line-edits.ts';
import { usersOf, wiringPath } from '../receipt.ts';
import { instanceNamed } from '../status.ts';
import type { LifecyclePlan, PlannedFile, PlannedWiring } from '../types.ts';
import { dropsImport, rewritten, unwireBeneath, type Upper } from './beneath.ts';
import type { Use } from './importers.ts';
import { nothingToDo, planOf, textsAfter } from './plan-of.ts';
import { retire } from './retire.ts';
import { rewire } from './rewire.ts';
import type { LifecycleTools } from './tools.ts';
import { type FilePatch, readPatch, toTakeOut, unwire, type Unwired } from './unwire.ts';

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
    others ??= await othersThan(instance, tools);
    const { outcome, patches } = await unwireAmong(
      others,
      patch,
      { file, text: known.after },
      tools,
    );
    for (const [other, all] of patches) {
      others.set(other, readPatch(all, wiringPath(other)));
      rewired.set(other, { record: ledger.receipt.instances.get(other)!, patch: all });
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

/** Unwires what others may have been wired in among since. */
async function unwireAmong(
  others: Others,
  own: FilePatch,
  { file, text }: { readonly file: string; readonly text: string },
  tools: LifecycleTools,
): Promise<{ readonly outcome: Unwired; readonly patches: ReadonlyMap<string, string> }> {
  const { path, patch } = own;
  const outcome = unwire(own, text);
  const there = [...others].filter(([, patches]) => patches.some((each) => each.path === path));
  if (outcome.status === 'already' || there.length === 0) return { outcome, patches: new Map() };
  // What was wired into the file in several steps is not taken apart.
  const uppers = there.flatMap(([instance, patches]): Upper[] => {
    const [upper, ...more] = patches.filter((each) => each.path === path);
    if (upper === undefined || more.length > 0) return [];
    const wired = { path: file, text };
    return [{ instance, patch: upper, rewire: (bare) => rewire(instance, wired, bare, tools) }];
  });
  const uncovered = await unwireBeneath(own, uppers, text);
  if (uncovered !== undefined) {
    const patches = [...uncovered.patches].map(
      ([other, now]) => [other, rewritten(others.get(other)!, path, now)] as const,
    );
    return {
      outcome: { status: 'unwired', text: uncovered.text, isWhole: false },
      patches: new Map(patches),
    };
  }
  const needed = there.filter(([, patches]) =>
    patches.some((each) => each.path === path && dropsImport(each)),
  );
  if (outcome.status === 'unwired' && needed.length === 0) return { outcome, patches: new Map() };
  const names = (outcome.status === 'unwired' ? needed : there).map(([name]) => name).join(' and ');
  const reason =
    outcome.status === 'unwired'
      ? `an import that it may need was taken out for ${names}: remove that first`
      : `${outcome.reason}, or ${names} was wired in among them: remove that first`;
  return { outcome: toTakeOut(patch, text, reason), patches: new Map() };
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
