/** What a refusal lists is what the recipe takes: no more, so that nobody is sent to another refusal, and no less. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { callables } from '../../src/wire/callables.ts';
import { parse, syntaxProblems } from '../../src/wire/source.ts';
import type { Recipe, SourceText, WireContext } from '../../src/wire/types.ts';
import { contextOf } from '../golden/wire-case.ts';
import { functionFiles } from './function-files.ts';
import { recipeSamples } from './samples.ts';

/** Those whose targets are functions. */
const OF_FUNCTIONS = /^(?:wrap-loader|wrap-function|strangle-function|extract-body|replace-call)$/;
const samples = recipeSamples().filter(({ recipe }) => OF_FUNCTIONS.test(recipe.id));

interface Lists {
  /** What a refusal lists. */
  readonly listed: readonly string[];
  /** What is offered before anything is named. */
  readonly offered: readonly string[];
}

const symbolsOf = (candidates: readonly { readonly symbol: string }[]): readonly string[] =>
  candidates.map(({ symbol }) => symbol);

function listsOf(recipe: Recipe, file: SourceText, context: WireContext): Lists {
  const refused = recipe.inspect({ file, symbol: 'noSuchFunction' }, context);
  ok(!refused.ok, 'a symbol that nothing has is refused');
  const { profile, params } = context;
  return {
    listed: symbolsOf(refused.candidates),
    offered: symbolsOf(recipe.candidates(file, profile, params)),
  };
}

/** Whether the recipe takes it, as what; what goes through an instance already is not to be listed. */
function taken(recipe: Recipe, file: SourceText, context: WireContext, symbol: string) {
  const inspection = recipe.inspect({ file, symbol }, context);
  return inspection.ok && inspection.wired !== true ? inspection.symbol : undefined;
}

function check(recipe: Recipe, file: SourceText, context: WireContext): void {
  const { listed, offered } = listsOf(recipe, file, context);
  const say = (symbol: string) => `${recipe.id}: ${symbol} of ${listed.join(' ')}\n${file.text}`;
  for (const symbol of listed) {
    equal(taken(recipe, file, context, symbol) !== undefined, true, `refused ${say(symbol)}`);
  }
  for (const symbol of offered) ok(listed.includes(symbol), `offered, not listed ${say(symbol)}`);
  for (const { symbol } of callables(parse(file))) {
    const as = taken(recipe, file, context, symbol);
    if (as !== undefined) ok(listed.includes(as), `taken, not listed ${say(symbol)}`);
  }
}

describe('what can be wired', () => {
  for (const { recipe, instance, params } of samples) {
    it(`is what ${recipe.id} takes, of generated functions`, () => {
      fc.assert(
        fc.property(functionFiles, fc.constantFrom(...params), (file, some) => {
          deepEqual(syntaxProblems(parse(file)), [], file.text);
          check(recipe, file, contextOf({ params: some }, instance));
        }),
        { numRuns: 120 },
      );
    });
  }
});
