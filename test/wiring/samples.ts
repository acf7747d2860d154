import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recipes } from '../../src/wire/recipes.ts';
import type { InstanceRef, Recipe } from '../../src/wire/types.ts';
import { INSTANCES, readCase, type WireCase } from '../golden/wire-case.ts';

const GOLDEN = join(import.meta.dirname, '../golden/wire');

/** A recipe with what a pattern may give it. */
export interface RecipeSample {
  readonly recipe: Recipe;
  readonly instance: InstanceRef;
  /** Every kind of params that its golden cases have. */
  readonly params: readonly NonNullable<WireCase['params']>[];
  readonly cases: readonly { readonly text: string; readonly wireCase: WireCase }[];
}

/** Every recipe of the registry. @throws Error for one that has no golden cases to take params from. */
export const recipeSamples = (): readonly RecipeSample[] => [...recipes.values()].map(sampleOf);

function sampleOf(recipe: Recipe): RecipeSample {
  const instance = INSTANCES[recipe.id];
  if (!instance) throw new Error(`test/golden/wire-case.ts has no instance for ${recipe.id}`);
  const folder = join(GOLDEN, recipe.id);
  const cases = readdirSync(folder)
    .sort()
    .map((name) => ({
      text: readFileSync(join(folder, name, 'input.ts'), 'utf8'),
      wireCase: readCase(join(folder, name, 'case.json')),
    }));
  const distinct = new Set(cases.map(({ wireCase }) => JSON.stringify(wireCase.params ?? {})));
  const params = [...distinct].map((one) => JSON.parse(one) as Record<string, unknown>);
  return { recipe, instance, params, cases };
}
