/** A project in memory, and what people do to it: the state that the lifecycle properties check after every step. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Engine } from '../../src/engine.ts';
import { PlanError } from '../../src/plan/errors.ts';
import { hasConflictMarkers } from '../../src/plan/lifecycle/merge.ts';
import type { ChangePlan, LifecyclePlan, ScaffoldRequest } from '../../src/plan/types.ts';
import { parse, syntaxProblems } from '../../src/wire/source.ts';
import { memoryFiles } from '../unit/project/memory-files.ts';

/** Where people start from. */
export interface Start {
  readonly texts: Readonly<Record<string, string>>;
  readonly requests: readonly ScaffoldRequest[];
  /** The catalogue as it is, and a later version of it. */
  readonly engine: Engine;
  readonly newer: Engine;
  /** What there is to choose from, by pattern; the others have one. */
  readonly engines: Readonly<Record<string, readonly string[]>>;
}

/** Numbers choose among what is there at the time. */
export type Step =
  | { readonly do: 'add'; readonly which: number; readonly engine: number }
  | { readonly do: 'switch'; readonly which: number; readonly engine: number }
  | { readonly do: 'update' }
  | { readonly do: 'remove'; readonly which: number }
  | {
      readonly do: 'edit';
      readonly how: Edit;
      readonly file: number;
      readonly line: number;
    };

/** A comment on a line of its own, one behind code, other white space in front of code, or one empty line less. */
type Edit = 'insert' | 'append' | 'indent' | 'delete';

const number = fc.nat({ max: 9_999 });
const ADD = fc.record({ do: fc.constant('add' as const), which: number, engine: number });
const STEPS: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 5, arbitrary: ADD },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('switch' as const), which: number, engine: number }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('update' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), which: number }) },
];
const EDIT = {
  weight: 4,
  arbitrary: fc.record({
    do: fc.constant('edit' as const),
    how: fc.constantFrom<Edit>('insert', 'insert', 'append', 'indent', 'delete'),
    file: number,
    line: number,
  }),
};

/** @param edits whether people also type */
export const steps = ({ edits }: { readonly edits: boolean }): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(
      ADD,
      fc.array(fc.oneof(...STEPS, ...(edits ? [EDIT] : [])), { maxLength: 12, size: 'max' }),
    )
    .map(([first, more]) => [first, ...more]);

const SOURCE = /\.[cm]?[jt]s$/;
const EXPECTED = /^(?:src\/patterns|\.patternsmith)\//;

export class World {
  readonly #start: Start;
  readonly #texts: Map<string, string>;
  #engine: Engine;
  /** Request by instance. */
  readonly #added = new Map<string, ScaffoldRequest>();
  readonly #marks: string[] = [];
  /** Files with other edits than comments on lines of their own. */
  readonly #rewritten = new Set<string>();
  #isEdited = false;

  constructor(start: Start) {
    this.#start = start;
    this.#texts = new Map(Object.entries(start.texts));
    this.#engine = start.engine;
  }

  get #files() {
    return memoryFiles(Object.fromEntries(this.#texts));
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'add':
        await this.#add(step);
        break;
      case 'edit':
        this.#edit(step);
        break;
      case 'update':
        this.#engine = this.#start.newer;
        await this.#change(() => this.#engine.update(this.#files, '', {}));
        break;
      case 'switch': {
        const instance = pick([...this.#added.keys()], step.which);
        const engine = this.#engineFor(instance?.split('/')[0] ?? '', step.engine);
        if (instance === undefined || engine === undefined) break;
        const request = { instance, engine };
        const plan = await this.#change(() => this.#engine.switchEngine(this.#files, '', request));
        if (plan !== undefined) {
          this.#added.set(instance, { ...this.#added.get(instance)!, engine });
        }
        break;
      }
      case 'remove': {
        const instance = pick([...this.#added.keys()], step.which);
        if (instance !== undefined) await this.remove(instance);
      }
    }
    await this.#check();
  }

  async #add({ which, engine }: Step & { readonly do: 'add' }): Promise<void> {
    const asked = pick(this.#start.requests, which)!;
    const chosen = this.#engineFor(asked.pattern, engine);
    const request = { ...asked, ...(chosen === undefined ? {} : { engine: chosen }) };
    const plan = await this.#change(() => this.#engine.plan(request, this.#files));
    if (plan === undefined) return;
    // What was there already keeps its engine only where that is the one that was asked for.
    this.#added.set(plan.instance, { ...request, engine: plan.engine });
  }

  #engineFor(pattern: string, which: number): string | undefined {
    return pick(this.#start.engines[pattern] ?? [], which);
  }

  /** @returns whether it is gone */
  async remove(instance: string): Promise<boolean> {
    const plan = await this.#change(() => this.#engine.remove(this.#files, '', { instance }));
    const byHand = plan === undefined || plan.wiring.some(({ status }) => status === 'manual');
    if (!this.#isEdited) {
      ok(plan, `${instance} is refused`);
      // Whatever came later, and whatever it was wired into.
      for (const { status, reason = '' } of plan.wiring) equal(status, 'unwired', reason);
    }
    if (byHand) deepEqual(plan?.files ?? [], [], 'a refused plan has files');
    else this.#added.delete(instance);
    return !byHand;
  }

  /** Removes all, as often as one goes that stood in another's way. @returns what is left */
  async removeAll(order: number): Promise<readonly string[]> {
    for (let goes = true; goes;) {
      goes = false;
      const left = [...this.#added.keys()];
      const turn = left.length === 0 ? 0 : order % left.length;
      for (const instance of [...left.slice(turn), ...left.slice(0, turn)]) {
        if (await this.remove(instance)) goes = true;
        await this.#check();
      }
    }
    return [...this.#added.keys()];
  }

  /** Nothing but the user's own comments is left in what the user wrote. */
  isAsItWas(): void {
    if (!this.#isEdited) {
      deepEqual(Object.fromEntries(this.#texts), this.#start.texts);
      return;
    }
    for (const [path, text] of Object.entries(this.#start.texts)) {
      if (this.#rewritten.has(path) || !SOURCE.test(path)) continue;
      const lines = this.#texts.get(path)!.split('\n');
      equal(lines.filter((line) => !/\/\/ mine \d+/.test(line)).join('\n'), text, path);
    }
  }

  #edit({ how, file, line }: Step & { readonly do: 'edit' }): void {
    const sources = [...this.#texts.keys()].filter((each) => SOURCE.test(each)).sort();
    const own = sources.filter((each) => each in this.#start.texts);
    // What was wired into is where most goes wrong.
    const path = pick(line % 3 === 0 ? sources : own, file)!;
    const before = this.#texts.get(path)!;
    const eol = before.includes('\r\n') ? '\r\n' : '\n';
    const lines = before.split(eol);
    const at = line % lines.length;
    const mark = `// mine ${this.#marks.length}.`;
    if (how === 'insert') lines.splice(at, 0, mark);
    else if (how === 'append') lines[at] += ` ${mark}`;
    else if (how === 'indent') lines[at] = `  ${lines[at]}`;
    else if (lines[at]!.trim() === '') lines.splice(at, 1);
    const after = lines.join(eol);
    // Nobody types what does not parse, and leaves it so.
    if (after === before || (parses(path, before) && !parses(path, after))) return;
    this.#isEdited = true;
    if (how === 'insert' || how === 'append') this.#marks.push(mark);
    if (how !== 'insert') this.#rewritten.add(path);
    this.#texts.set(path, after);
  }

  /** Plans and applies; undefined where it is refused, in words. */
  async #change<P extends ChangePlan | LifecyclePlan>(
    make: () => Promise<P>,
  ): Promise<P | undefined> {
    let plan: P;
    try {
      plan = await make();
    } catch (error) {
      ok(error instanceof PlanError, error instanceof Error ? error.stack : String(error));
      return undefined;
    }
    for (const file of plan.files) {
      const { path, action } = file;
      const before = this.#texts.get(path);
      if (action === 'create') equal(before, undefined, `${path} is there`);
      else equal(action === 'same' ? file.text : file.before, before, path);
      const isOurs = EXPECTED.test(path) || path in this.#start.texts;
      ok(isOurs, `${action} of ${path}, which is none of the tool's`);
      if (action === 'delete') this.#texts.delete(path);
      else if (action === 'edit') this.#texts.set(path, file.after);
      else if (action === 'create') this.#texts.set(path, file.text);
      if (action === 'create' || action === 'edit') this.#parses(path, before);
    }
    return plan;
  }

  #parses(path: string, before: string | undefined): void {
    const after = this.#texts.get(path)!;
    if (!SOURCE.test(path) || hasConflictMarkers(after)) return;
    if (before !== undefined && !parses(path, before)) return;
    ok(parses(path, after), `${path} does not parse:\n${after}`);
  }

  async #check(): Promise<void> {
    const all = [...this.#texts.values()].join('\n');
    for (const mark of this.#marks) ok(all.includes(mark), `lost: ${mark}`);
    const states = await this.#engine.status(this.#files, '');
    deepEqual(
      states.map(({ instance }) => instance),
      [...this.#added.keys()].sort(),
    );
    if (this.#isEdited) return;
    for (const { instance, state } of states) {
      equal(state, 'clean', instance);
      const again = await this.#engine.plan(this.#added.get(instance)!, this.#files);
      const changes = again.files.filter(({ action }) => action !== 'same');
      deepEqual(changes, [], `${instance} is planned again`);
    }
  }
}

function pick<T>(all: readonly T[], index: number): T | undefined {
  return all.length === 0 ? undefined : all[index % all.length];
}

function parses(path: string, text: string): boolean {
  return syntaxProblems(parse({ path, text })).length === 0;
}
