import * as vscode from 'vscode';
import type { ScaffoldPlan, ScaffoldRequest } from '../../plan/types.ts';
import type { ProjectProfile } from '../../project/types.ts';
import { mayWrite } from '../allowed.ts';
import { applyPlan } from '../apply.ts';
import { scaffoldArguments } from '../contributions.ts';
import type { ScaffoldArguments, ScaffoldResult } from '../contributions.ts';
import type { LazyEngine } from '../engine.ts';
import { isPlanError } from '../errors.ts';
import { isRequest } from '../interview.ts';
import type { Draft, Interview } from '../interview.ts';
import type { LastChange } from '../last-change.ts';
import { targetNow } from '../line-target.ts';
import { sayApplied } from '../outcome.ts';
import type { Patterns } from '../patterns.ts';
import { findPlace } from '../place.ts';
import type { Place } from '../place.ts';
import type { Preview } from '../preview.ts';
import { withProgress } from '../progress.ts';
import { askForRequest } from '../questions.ts';

const abandonedKey = 'scaffold.abandoned';

/** Place, questions, plan, preview, apply: the one way by which the editor writes anything. */
export class Scaffolder {
  readonly #engine: LazyEngine;
  readonly #patterns: Patterns;
  readonly #preview: Preview;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #last: LastChange;

  constructor(
    engine: LazyEngine,
    patterns: Patterns,
    preview: Preview,
    memory: vscode.Memento,
    log: vscode.LogOutputChannel,
    last: LastChange,
  ) {
    this.#engine = engine;
    this.#patterns = patterns;
    this.#preview = preview;
    this.#memory = memory;
    this.#log = log;
    this.#last = last;
  }

  /** `clicked`: the file or folder that it was asked for on. */
  async scaffold(given: unknown, clicked?: vscode.Uri): Promise<ScaffoldResult> {
    const args = scaffoldArguments(given);
    if (!(await mayWrite())) return { status: 'cancelled' };
    const place = await findPlace({ uri: clicked, folder: args.folder, near: args.near });
    if (!place) return { status: 'cancelled' };
    if (args.pattern !== undefined) {
      const catalog = await this.#patterns.catalogOf(place.files, place.near);
      await this.#patterns.pattern(args.pattern, catalog);
    }
    const draft = draftOf(args);
    const answers = args.apply && isRequest(draft) ? draft : await this.#ask(place, draft);
    if (!answers) return { status: 'cancelled' };
    const plan = await this.#plan(await requestNow(answers, place), place);
    for (const note of plan.profile.notes) this.#log.info(note);
    const files = plan.files.filter((file) => file.action !== 'same').map((file) => file.path);
    const result = { instance: plan.instance, files };
    if (files.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} is there already; there is nothing to do.', plan.instance),
      );
      return { ...result, status: 'unchanged' };
    }
    if (!args.apply && (await this.#review(plan, place)) === 'cancel') {
      await this.#memory.update(abandonedKey, answers);
      return { ...result, status: 'cancelled' };
    }
    await this.#apply(plan, place);
    return { ...result, status: 'applied' };
  }

  async #ask(place: Place, draft: Draft): Promise<(Draft & ScaffoldRequest) | undefined> {
    const { files, near } = place;
    const engine = () => this.#engine.of(files, near);
    let profile: Promise<ProjectProfile> | undefined;
    const interview: Interview = {
      catalog: await this.#patterns.catalogOf(files, near),
      place,
      engine,
      profile: () => (profile ??= engine().then((it) => it.profile(files, near))),
      abandoned: this.#memory.get<Draft>(abandonedKey),
      remember: async (draft) => this.#memory.update(abandonedKey, draft),
    };
    const request = await askForRequest(interview, draft);
    if (request) await interview.remember(undefined);
    return request;
  }

  async #plan(request: ScaffoldRequest, place: Place): Promise<ScaffoldPlan> {
    const { target, ...untargeted } = request;
    try {
      return await withProgress(vscode.l10n.t('Planning…'), async (signal) => {
        const { files, near } = place;
        const engine = await this.#engine.of(files, near);
        return engine.plan(target ? request : untargeted, files, { near, signal });
      });
    } catch (error) {
      if (!isPlanError(error) || error.code !== 'AMBIGUOUS_TARGET') throw error;
      const chosen = await chooseTarget(error.choices);
      return this.#plan({ ...request, target: chosen }, place);
    }
  }

  async #review(plan: ScaffoldPlan, place: Place): Promise<'apply' | 'cancel'> {
    const title = vscode.l10n.t('Scaffold {0}', plan.instance);
    return this.#preview.show(plan, title, place.files);
  }

  async #apply(plan: ScaffoldPlan, { files }: Place): Promise<void> {
    const applied = await applyPlan(plan, plan.instance, files);
    await this.#last.set(applied);
    void sayApplied(applied, vscode.l10n.t('Scaffolded {0}.', plan.instance), files);
  }
}

/** The part of the arguments that is the request itself. */
function draftOf(args: ScaffoldArguments): Draft {
  const { pattern, name, engine, target, reading, out, options } = args;
  const fields = Object.entries({ pattern, name, engine, target, reading, out, options });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** The request, its target where the user's code stands by now. */
async function requestNow(
  { reading, ...request }: Draft & ScaffoldRequest,
  { files }: Place,
): Promise<ScaffoldRequest> {
  if (reading === undefined || !request.target) return request;
  return { ...request, target: await targetNow(files, request.target, reading) };
}

async function chooseTarget(choices: readonly string[]): Promise<string> {
  const chosen = await vscode.window.showQuickPick(choices, {
    placeHolder: vscode.l10n.t('Several fit. Wire it to which?'),
    ignoreFocusOut: true,
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}
