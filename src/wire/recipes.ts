import { wrapLoader } from './recipes/wrap-loader/recipe.ts';
import type { Recipe } from './types.ts';

/** The recipes that a `pattern.json` can name. */
export const recipes: ReadonlyMap<string, Recipe> = new Map(
  [wrapLoader].map((recipe) => [recipe.id, recipe]),
);
