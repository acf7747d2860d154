import * as vscode from 'vscode';
import type { Catalog, Pattern } from '../../catalog/types.ts';
import type { InstanceStatus } from '../../plan/status.ts';
import type { LifecyclePlan } from '../../plan/types.ts';
import { mayWrite } from '../allowed.ts';
import { applyPlan } from '../apply.ts';
import { commandIds, lifecycleArguments } from '../contributions.ts';
import type { LifecycleArguments, LifecycleResult } from '../contributions.ts';
import type { LazyEngine } from '../engine.ts';
import { UserError } from '../errors.ts';
import { argumentsOf } from '../instances-tree.ts';
import { hasUpdate, inReadingOrder, patternOf, stateText } from '../instances.ts';
import type { Instances, PackageInstances } from '../instances.ts';
import type { LastChange } from '../last-change.ts';
import type { MergeEditors } from '../merge-editor.ts';
import { sayApplied, sayManual } from '../outcome.ts';
import type { Patterns } from '../patterns.ts';
import type { Preview } from '../preview.ts';
import { withProgress } from '../progress.ts';
import { planTogether } from './all-packages.ts';
import { chooseInstance } from './choose-instance.ts';
import type { Chosen } from './choose-instance.ts';

type Change = LifecyclePlan['change'];

export interface LifecycleServices {
  readonly engine: LazyEngine;
  readonly patterns: Patterns;
  readonly preview: Preview;
  readonly instances: Instances;
  readonly mergeEditors: MergeEditors;
  readonly last: LastChange;
}

/** What becomes of instances that are there: instance, plan, preview, apply. */
export class Lifecycle {
  readonly #services: LifecycleServices;

  constructor(services: LifecycleServices) {
    this.#services = services;
  }

  /** Undefined: a question was left unanswered, or nothing was scaffolded, which is said. */
  async run(change: Change, given: unknown): Promise<LifecycleResult> {
    const args = lifecycleArguments(given);
    if (!(await mayWrite())) return { status: 'cancelled' };
    const present = await this.#services.instances.present();
    const chosen = await chooseInstance(present, args, change === 'update');
    if (!chosen) return { status: 'cancelled' };
    const engine = change === 'switch' ? await this.#engineFor(chosen, args) : undefined;
    if (change === 'switch' && engine === undefined) return { status: 'cancelled' };
    const plan = await this.#plan(change, chosen, engine);
    return this.#carryOut(plan, chosen, args);
  }

  /** Shows what became of the instances, and what can be done with the chosen one. */
  async status(given: unknown): Promise<void> {
    const present = await this.#services.instances.present();
    const chosen = await chooseInstance(present, lifecycleArguments(given), false);
    const [of] = chosen?.packages ?? [];
    const status = chosen?.status;
    if (!of || !status) return;
    const args = argumentsOf(of, status);
    const action = await vscode.window.showQuickPick(actionsOn(of, status), {
      title: `${status.instance} · ${status.engine} · ${stateText(status)}`,
      placeHolder: vscode.l10n.t('What to do with it?'),
    });
    if (action?.uri) await vscode.window.showTextDocument(action.uri);
    else if (action?.command === commandIds.openPage) {
      await vscode.commands.executeCommand(action.command, patternOf(status.instance));
    } else if (action?.command) await vscode.commands.executeCommand(action.command, args);
  }

  async #carryOut(
    plan: LifecyclePlan,
    { packages, status }: Chosen,
    args: LifecycleArguments,
  ): Promise<LifecycleResult> {
    const { files } = packages[0]!;
    const changed = plan.files.filter(({ action }) => action !== 'same').map(({ path }) => path);
    const { instances } = plan;
    const result = { instances, files: changed, conflicts: plan.conflicts.map(({ path }) => path) };
    const subject = status?.instance ?? subjectOf(packages, instances);
    if (changed.length === 0 && plan.wiring.some((it) => it.status === 'manual')) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} stays as it is, nothing was written: something has to be taken out by hand first.',
          subject,
        ),
      );
      void sayManual(plan, files);
      return { ...result, status: 'manual' };
    }
    if (changed.length === 0) {
      void vscode.window.showInformationMessage(
        [vscode.l10n.t('{0}: there is nothing to do.', subject), ...plan.warnings].join(' '),
      );
      return { ...result, status: 'unchanged' };
    }
    const title = titleOf(plan.change, subject);
    if (!args.apply && (await this.#services.preview.show(plan, title, files)) === 'cancel') {
      return { ...result, status: 'cancelled' };
    }
    const applied = await applyPlan(plan, subject, files);
    await this.#services.last.set(applied);
    this.#services.instances.refresh();
    void sayApplied(applied, doneText(plan, subject), files);
    await this.#services.mergeEditors.open(plan, files);
    return { ...result, status: 'applied' };
  }

  #plan(change: Change, { packages, status }: Chosen, engine = ''): Promise<LifecyclePlan> {
    return withProgress(vscode.l10n.t('Planning…'), async (signal) =>
      planTogether(packages, async ({ files, dir }) => {
        const loaded = await this.#services.engine.of(files, dir);
        const instance = status?.instance;
        if (instance === undefined) return loaded.update(files, dir, {}, { signal });
        switch (change) {
          case 'update':
            return loaded.update(files, dir, { instance }, { signal });
          case 'remove':
            return loaded.remove(files, dir, { instance }, { signal });
          case 'switch':
            return loaded.switchEngine(files, dir, { instance, engine }, { signal });
        }
      }),
    );
  }

  async #engineFor(
    { packages: [of], status }: Chosen,
    { engine }: LifecycleArguments,
  ): Promise<string | undefined> {
    if (engine !== undefined || !of || !status) return engine;
    const catalog = await this.#services.patterns.catalogOf(of.files, of.dir);
    const pattern = await this.#services.patterns.pattern(patternOf(status.instance), catalog);
    const others = pattern.engines.filter((id) => id !== status.engine);
    if (others.length === 0) {
      throw new UserError(
        vscode.l10n.t('{0} has no other engine; nothing was written.', pattern.title),
        vscode.l10n.t('Its page says what it works with.'),
      );
    }
    const items = others.map((id) => engineItem(catalog, pattern, id));
    const chosen = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t(
        '{0} is on {1}. On which engine now?',
        status.instance,
        status.engine,
      ),
      ignoreFocusOut: true,
    });
    return chosen?.id;
  }
}

interface EngineItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** An engine with what the pattern's page says of it. */
function engineItem({ engines, adapters }: Catalog, { scaffold }: Pattern, id: string): EngineItem {
  const engine = engines.get(id);
  const facts = (scaffold?.ports ?? []).flatMap((port) =>
    Object.entries(adapters.get(`${id}/${port}`)?.facts ?? {}),
  );
  return {
    label: engine?.title ?? id,
    ...(engine?.embedded ? { description: vscode.l10n.t('in the process, no server') } : {}),
    detail: facts.map(([title, fact]) => `${title}: ${fact}`).join(' · '),
    id,
  };
}

interface ActionItem extends vscode.QuickPickItem {
  readonly command?: string;
  readonly uri?: vscode.Uri;
}

function actionsOn(of: PackageInstances, status: InstanceStatus): readonly ActionItem[] {
  const trusted = vscode.workspace.isTrusted;
  const own = inReadingOrder(status.files).filter(
    ({ owner, state }) => owner === `instances/${status.instance}` && state !== 'missing',
  );
  return [
    ...(trusted && hasUpdate(status)
      ? [{ label: vscode.l10n.t('Update'), command: commandIds.update }]
      : []),
    ...own.flatMap(({ path }) => {
      const uri = of.files.uri(path);
      return uri ? [{ label: vscode.l10n.t('Open {0}', path), uri }] : [];
    }),
    { label: vscode.l10n.t('Open page'), command: commandIds.openPage },
    ...(trusted
      ? [
          { label: vscode.l10n.t('Switch engine…'), command: commandIds.switchEngine },
          { label: vscode.l10n.t('Remove…'), command: commandIds.remove },
        ]
      : []),
  ];
}

/** `cache-aside/user, cache-aside/order`; of several packages, how many. */
function subjectOf(packages: readonly PackageInstances[], instances: readonly string[]): string {
  return packages.length === 1
    ? instances.join(', ')
    : vscode.l10n.t('{0} instances in {1} packages', instances.length, packages.length);
}

function titleOf(change: Change, subject: string): string {
  switch (change) {
    case 'update':
      return vscode.l10n.t('Update {0}', subject);
    case 'remove':
      return vscode.l10n.t('Remove {0}', subject);
    case 'switch':
      return vscode.l10n.t('Switch engine of {0}', subject);
  }
}

function doneText({ change, conflicts, warnings }: LifecyclePlan, subject: string): string {
  const done = {
    update: vscode.l10n.t('Updated {0}.', subject),
    remove: vscode.l10n.t('Removed {0}.', subject),
    switch: vscode.l10n.t('Switched the engine of {0}.', subject),
  }[change];
  const left =
    conflicts.length === 0 ? [] : [vscode.l10n.t('Files to merge by hand: {0}.', conflicts.length)];
  return [done, ...left, ...warnings].join(' ');
}
