import { PlanError } from '../errors.ts';
import { instanceNamed } from '../status.ts';
import type { LifecyclePlan } from '../types.ts';
import { rebuild } from './rebuild.ts';
import { remake, type Remade, withSharers } from './remade.ts';
import type { LifecycleTools } from './tools.ts';

/**
 * Brings one instance, or all, to the newest templates. What the user has changed is merged; where both sides changed the same lines the plan
 * has a conflict. Instances that share a unit with a newer version are updated with it.
 * @throws PlanError `UNKNOWN_INSTANCE`, `CONFLICT`
 */
export async function planUpdate(
  { instance }: { readonly instance?: string },
  tools: LifecycleTools,
): Promise<LifecyclePlan> {
  const { ledger, catalog } = tools;
  const all = [...ledger.receipt.instances.keys()];
  const chosen = instance === undefined ? all : [instanceNamed(ledger.receipt, instance)];
  const wanted = withSharers(chosen, ledger, catalog);
  const remade: Remade[] = [];
  const warnings: string[] = [];
  for (const each of wanted) {
    try {
      await refuseMoved(each, tools);
      remade.push(await remake(tools, each));
    } catch (error) {
      // One that was asked for by name, or that is all there is, has to succeed.
      if (!(error instanceof PlanError) || instance !== undefined || wanted.length === 1)
        throw error;
      warnings.push(
        `${each} stays as it is. ${error.message.replace(' Nothing was written.', '')}`,
      );
    }
  }
  return rebuild('update', remade, [...warnings, ...together(chosen, remade)], tools);
}

/** Files that were moved would all be generated again where they were, for nobody. @throws PlanError `CONFLICT` */
export async function refuseMoved(
  instance: string,
  { files, ledger }: LifecycleTools,
): Promise<void> {
  const { out, uses } = ledger.receipt.instances.get(instance)!;
  const paths = [`instances/${instance}`, ...uses].flatMap((owner) => ledger.pathsOf(owner));
  const texts = await Promise.all(paths.map((path) => files.read(path)));
  if (texts.length === 0 || texts.some((text) => text !== undefined)) return;
  throw new PlanError(
    'CONFLICT',
    `None of the files of ${instance} is where it was generated, in ${out || 'the package'}: was the folder renamed? Nothing was written.`,
    `Give it its name back; or take the instance out with "patternsmith remove ${instance}", and add it again with --out.`,
    [instance],
  );
}

export function together(chosen: readonly string[], remade: readonly Remade[]): readonly string[] {
  return remade
    .filter(({ instance }) => !chosen.includes(instance))
    .map(({ instance }) => `${instance} is updated too: it shares code that has a newer version.`);
}
