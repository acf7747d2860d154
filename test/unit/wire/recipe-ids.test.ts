import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { recipeIds } from '../../../src/wire/recipe-ids.ts';
import { recipes } from '../../../src/wire/recipes.ts';

describe('the ids of recipes', () => {
  it('are those of the recipes that there are', () => {
    deepEqual([...recipeIds].sort(), [...recipes.keys()].sort());
  });
});
