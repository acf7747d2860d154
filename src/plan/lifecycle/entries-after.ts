import { allEntries, type ConfigEntries, configEntries } from '../config/entries.ts';
import { PlanError } from '../errors.ts';
import type { Made } from '../settle.ts';
import { remake } from './remade.ts';
import type { LifecycleTools } from './tools.ts';

/**
 * What instances want in the project's configuration; undefined where that cannot be told of one of them, so that nothing can be in excess.
 * @param instances all that are left, by `pattern/name`
 * @param made those of them that the plan makes again
 */
export async function entriesAfter(
  instances: readonly string[],
  made: ReadonlyMap<string, Made>,
  tools: LifecycleTools,
): Promise<ConfigEntries | undefined> {
  try {
    const all = await Promise.all(
      instances.map(async (each) => made.get(each) ?? (await remake(tools, each)).made),
    );
    return allEntries(all.map((each) => configEntries(each, tools.catalog)));
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}
