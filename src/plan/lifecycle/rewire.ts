import type { SourceText } from '../../wire/types.ts';
import { PlanError } from '../errors.ts';
import { placementsIn } from '../placements.ts';
import { renderDeep } from '../render.ts';
import { instanceRef } from '../settle.ts';
import { parseTarget } from '../target.ts';
import { runWiring, type WiringStep } from '../wiring.ts';
import { remake } from './remade.ts';
import type { LifecycleTools } from './tools.ts';

/**
 * Wires an instance that is there into one of its files again, as if it were the first.
 * @param wired the file as it is, with the instance's lines
 * @param bare the file without them
 * @returns undefined where that is not certain to give what was wired: the recipes are of another version, or find no place
 */
export async function rewire(
  instance: string,
  wired: SourceText,
  bare: string,
  tools: LifecycleTools,
): Promise<string | undefined> {
  try {
    const question = await stepsIn(wired, instance, tools);
    if (question === undefined) return undefined;
    const { steps, ref } = question;
    const again = steps.map((step) => ({ ...step, file: { path: wired.path, text: bare } }));
    const { files, wiring } = await runWiring(again, ref, tools.profile);
    const [file] = files;
    const isWired = wiring.length > 0 && wiring.every(({ status }) => status === 'wired');
    return isWired && file?.action === 'edit' ? file.after : undefined;
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}

async function stepsIn(file: SourceText, instance: string, tools: LifecycleTools) {
  const { ledger, profile } = tools;
  const remade = await remake(tools, instance);
  const { pattern, record, made } = remade;
  if (record.version !== pattern.version) return undefined;
  const target =
    record.target === undefined ? undefined : parseTarget(ledger.absolute(record.target));
  // A line number told the place as it was before the wiring moved it.
  if (target?.path === file.path && /^L\d+$/.test(target.symbol ?? '')) return undefined;
  const { recipes } = await tools.wiring();
  const around = { wiring: pattern.scaffold.wiring, recipes, profile, root: file };
  const ref = instanceRef({ pattern, profile }, made);
  const steps = placementsIn(file, target, around, made.context, ref).map(
    ({ route, symbol }): WiringStep => ({
      recipe: route.recipe,
      params: renderDeep(route.spec.params, made.context) as WiringStep['params'],
      file,
      symbol,
    }),
  );
  return { steps, ref };
}
