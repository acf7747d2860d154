import { wrapLoader } from './recipes/wrap-loader/recipe.ts';
import { extractBody } from './recipes/extract-body/recipe.ts';
import { mountFacade } from './recipes/mount-facade/recipe.ts';
import { replaceCall } from './recipes/replace-call/recipe.ts';
import { startStop } from './recipes/start-stop/recipe.ts';
import { useMiddleware } from './recipes/use-middleware/recipe.ts';
import { strangleFunction } from './recipes/strangle-function/recipe.ts';
import { wrapFunction } from './recipes/wrap-function/recipe.ts';
import type { Recipe } from './types.ts';

/** The recipes that a `pattern.json` can name. */
export const recipes: ReadonlyMap<string, Recipe> = new Map(
  [
    wrapLoader,
    extractBody,
    startStop,
    mountFacade,
    wrapFunction,
    strangleFunction,
    replaceCall,
    useMiddleware,
  ].map((recipe) => [recipe.id, recipe]),
);
