import { instanceNamed } from '../status.ts';
import type { LifecyclePlan } from '../types.ts';
import { nothingToDo } from './plan-of.ts';
import { rebuild } from './rebuild.ts';
import { remake, withSharers } from './remade.ts';
import type { LifecycleTools } from './tools.ts';
import { refuseMoved, together } from './update.ts';

/**
 * Moves an instance to another engine: its adapter and packages come in, the lines that build the store change, and what only the former engine
 * needed goes. What the user has changed in the instance is merged as in an update.
 * @throws PlanError `UNKNOWN_INSTANCE`, `UNKNOWN_ENGINE`, `CONFLICT`
 */
export async function planSwitch(
  { instance: wanted, engine }: { readonly instance: string; readonly engine: string },
  tools: LifecycleTools,
): Promise<LifecyclePlan> {
  const { ledger, catalog } = tools;
  const instance = instanceNamed(ledger.receipt, wanted);
  await refuseMoved(instance, tools);
  const switched = await remake(tools, instance, engine);
  if (!switched.isSwitched) {
    const warnings = [`${instance} is on ${switched.record.engine} already.`];
    return nothingToDo({ change: 'switch', instances: [instance], wiring: [], warnings }, tools);
  }
  const others = withSharers([instance], ledger, catalog).filter((each) => each !== instance);
  const remade = [switched, ...(await Promise.all(others.map((each) => remake(tools, each))))];
  return rebuild('switch', remade, together([instance], remade), tools);
}
