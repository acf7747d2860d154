import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { format } from 'prettier';
import ts from 'typescript';
import { applyEdits, inverse } from '../../../src/wire/recorder.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { parse, syntaxProblems } from '../../../src/wire/source.ts';
import type { WiringOutcome } from '../../../src/wire/types.ts';
import { INSTANCES, contextOf, type WireCase } from '../../golden/wire-case.ts';
import { typeErrors } from './compile.ts';
import { formats, laidOut, optionsOf, styleOf } from './formats.ts';
import { samples, type Sample } from './wrap-function-sources.ts';

const recipe = recipes.get('wrap-function');
const instance = INSTANCES['wrap-function'];
const SEED = 20_261_126;

function wire(text: string, wireCase: WireCase, path = 'src/payments.ts'): WiringOutcome {
  ok(recipe && instance);
  return recipe.wire(
    { file: { path, text }, symbol: wireCase.symbol },
    contextOf(wireCase, instance),
  );
}

function wired(text: string, wireCase: WireCase, path?: string) {
  const outcome = wire(text, wireCase, path);
  equal(outcome.status, 'wired', JSON.stringify(outcome));
  ok(outcome.status === 'wired');
  return { outcome, after: applyEdits(text, outcome.edits) };
}

describe('wrapping a function, on generated sources', () => {
  it('parses, has an inverse, has nothing to do a second time, and leaves a formatted file formatted', async () => {
    await fc.assert(
      fc.asyncProperty(samples, formats, fc.boolean(), async ({ code, symbol }, style, bom) => {
        const mark = bom ? '\uFEFF' : '';
        const text = mark + (await format(code, optionsOf(style)));
        const wireCase = { symbol, style: styleOf(style) };
        const { outcome, after } = wired(text, wireCase);
        equal(syntaxProblems(parse({ path: 'src/payments.ts', text: after })).length, 0, after);
        equal(applyEdits(after, inverse(text, outcome.edits)), text);
        equal(wire(after, wireCase).status, 'already', after);
        equal(/(?<!\r)\n/.test(after), style.endOfLine === 'lf', 'one kind of line end');
        const formatted = await laidOut(text, outcome.edits, style);
        equal(formatted, mark + (await format(formatted.slice(mark.length), optionsOf(style))));
      }),
      { numRuns: 80, seed: SEED },
    );
  });

  it('compiles under the strictest options', () => {
    const all = fc.sample(samples, { numRuns: 60, seed: SEED });
    const files: Record<string, string> = {
      'patterns/payment.ts':
        'export declare const payment: { run<T>(work: () => Promise<T>): Promise<T> };',
    };
    all.forEach(({ code, symbol }, index) => {
      files[`before${index}.ts`] = code;
      files[`after${index}.ts`] = wired(code, { symbol }).after;
    });
    const errors = typeErrors(files);
    all.forEach((_, index) => {
      deepEqual(errors[`after${index}.ts`], errors[`before${index}.ts`], files[`after${index}.ts`]);
    });
    deepEqual(errors['patterns/payment.ts'], undefined);
  });

  it('answers as before, in TypeScript and in JavaScript, and goes through the instance each time', async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (sample) => {
        const { code, symbol, calls } = sample;
        const after = wired(code, { symbol }).after;
        const texts = [after];
        // JavaScript has no decorators yet.
        if (!code.includes('@mark')) {
          const script = javascript(code, ts.ModuleKind.ESNext);
          texts.push(wired(script, { symbol }, 'src/payments.js').after);
        }
        const expected = await run(sample, code);
        equal(expected.passed, 0);
        for (const text of texts) {
          const { answers, passed } = await run(sample, text);
          deepEqual(answers, expected.answers, text);
          equal(passed, calls.length, text);
        }
      }),
      { numRuns: 150, seed: SEED },
    );
  });
});

const javascript = (code: string, module: ts.ModuleKind): string =>
  ts.transpileModule(code, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } })
    .outputText;

/** Makes the calls, and counts the work that passed through the instance. */
async function run({ calls }: Sample, code: string) {
  let passed = 0;
  const payment = {
    run: async <T>(work: () => Promise<T>): Promise<T> => {
      passed++;
      return work();
    },
  };
  const exports: Record<string, unknown> = {};
  const text = javascript(code, ts.ModuleKind.CommonJS).replace(/^#!.*/, '');
  new Function('require', 'exports', text)(() => ({ payment }), exports);
  const answers: unknown[] = [];
  for (const call of calls) {
    const made = new Function('exports', `return ${call}`) as (all: object) => Promise<unknown>;
    answers.push(
      await (async () => made(exports))().catch((error: unknown) => `failed: ${String(error)}`),
    );
  }
  return { answers, passed };
}
