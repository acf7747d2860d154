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

const recipe = recipes.get('replace-call');
const instance = INSTANCES['replace-call'];
const SEED = 20_261_126;

/** Ways to have `get` of the module, and how it is called then. */
const IMPORTS = [
  { line: "import { get } from './http.js';", callee: 'get' },
  { line: "import { get as fetchIt, other } from './http.js';", callee: 'fetchIt' },
  { line: "import * as http from './http.js';", callee: 'http.get' },
  { line: "import http from './http.js';", callee: 'http.get' },
  { line: "import http, { other } from './http.js';", callee: 'http.get' },
  { line: "import { default as api } from './http.js';", callee: 'api.get' },
] as const;

interface Part {
  readonly code: string;
  /** How many of its calls go through the instance afterwards. */
  readonly replaced: number;
  /** How many never do. */
  readonly kept: number;
}

/** Bodies of functions that call it (as `CALL`) or something that only looks like it. */
const PARTS: readonly Part[] = [
  { code: "return [CALL('a')];", replaced: 1, kept: 0 },
  {
    code: "const one = CALL('a').length;\nreturn [String(one), CALL(`b${one}`)];",
    replaced: 2,
    kept: 0,
  },
  { code: "return ['a', 'b'].map((id) => CALL(id));", replaced: 2, kept: 0 },
  { code: "return [CALL(CALL('deep'), )];", replaced: 2, kept: 0 },
  {
    code: "// Comment: CALL('x')\nreturn [/* before */ CALL(/* in */ 'c' /* after */)];",
    replaced: 1,
    kept: 0,
  },
  { code: "return [`CALL('x') ${CALL('t')}`];", replaced: 1, kept: 0 },
  { code: "const copy = CALL;\nreturn [copy('copied')];", replaced: 0, kept: 1 },
  { code: "return ['m'].map(CALL);", replaced: 0, kept: 1 },
  {
    code: "{\nconst ROOT = own;\nreturn [USED('own')];\n}",
    replaced: 0,
    kept: 0,
  },
  { code: "return ((ROOT) => [USED('own')])(own);", replaced: 0, kept: 0 },
  { code: "return [own.get('own'), own('own')];", replaced: 0, kept: 0 },
  { code: "try {\nreturn [CALL('try')];\n} finally {\nown('x');\n}", replaced: 1, kept: 0 },
];

const TEMPLATES = [
  'ordersClient.get($args)',
  'orders.run(() => $call)',
  "orders.named('n', $args)",
];

interface Sample {
  readonly code: string;
  readonly names: readonly string[];
  readonly replaced: number;
  readonly kept: number;
  readonly template: string;
}

const samples: fc.Arbitrary<Sample> = fc
  .record({
    imported: fc.constantFrom(...IMPORTS),
    parts: fc.subarray([...PARTS], { minLength: 1 }),
    template: fc.constantFrom(...TEMPLATES),
    header: fc.constantFrom(
      '',
      '#!/usr/bin/env node\n',
      "'use strict';\n\n",
      '/* Copyright 2026 */\n',
    ),
  })
  .filter(({ parts }) => parts.some(({ replaced }) => replaced > 0))
  .map(({ imported, parts, template, header }) => {
    const { line, callee } = imported;
    const [root = callee, ...rest] = callee.split('.');
    const functions = parts.map(({ code }, at) => {
      const body = code
        .replaceAll('CALL', callee)
        .replaceAll('USED', [root, ...rest].join('.'))
        .replaceAll('ROOT', root);
      return `export function part${at}(): readonly string[] {\n${body}\n}`;
    });
    const uses = line.includes('other') ? '\nexport const more = other;\n' : '';
    const own = `const own = Object.assign((id: string) => \`own \${id}\`, { get: (id: string) => \`own.get \${id}\` });\n`;
    const sum = (pick: (part: Part) => number) => parts.reduce((all, one) => all + pick(one), 0);
    return {
      code: `${header}${line}\n\n${own}${uses}\n${functions.join('\n\n')}\n`,
      names: parts.map((_, at) => `part${at}`),
      replaced: sum((one) => one.replaced),
      kept: sum((one) => one.kept),
      template,
    };
  });

const caseOf = ({ template }: Sample, more: WireCase = {}): WireCase => ({
  params: { module: '/src/http.ts', name: 'get', with: template },
  ...more,
});

function wire(text: string, wireCase: WireCase): WiringOutcome {
  ok(recipe && instance);
  const file = { path: 'src/load.ts', text };
  return recipe.wire({ file, symbol: undefined }, contextOf(wireCase, instance));
}

function wired(text: string, wireCase: WireCase) {
  const outcome = wire(text, wireCase);
  equal(outcome.status, 'wired', JSON.stringify(outcome));
  ok(outcome.status === 'wired');
  return { outcome, after: applyEdits(text, outcome.edits) };
}

describe('replacing calls, on generated sources', () => {
  it('parses, has an inverse, has nothing to do a second time, and leaves a formatted file formatted', async () => {
    await fc.assert(
      fc.asyncProperty(samples, formats, async (sample, style) => {
        const text = await format(sample.code, optionsOf(style));
        const wireCase = caseOf(sample, { style: styleOf(style) });
        const { outcome, after } = wired(text, wireCase);
        equal(syntaxProblems(parse({ path: 'src/load.ts', text: after })).length, 0, after);
        equal(applyEdits(after, inverse(text, outcome.edits)), text);
        equal(wire(after, wireCase).status, 'already', after);
        equal(/(?<!\r)\n/.test(after), style.endOfLine === 'lf', 'one kind of line end');
        const formatted = await laidOut(text, outcome.edits, style);
        equal(formatted, await format(formatted, optionsOf(style)));
      }),
      { numRuns: 60, seed: SEED },
    );
  });

  it('compiles, with no import left over', () => {
    const all = fc.sample(samples, { numRuns: 60, seed: SEED });
    const files: Record<string, string> = {
      'http.ts': `export const get = (id: string): string => id;
export const other = 1;
export default { get };
`,
      'patterns/orders.ts': `export declare const orders: {
  run<T>(work: () => T): T;
  named(name: string, id: string): string;
};
export declare const ordersClient: { get(id: string): string };
`,
    };
    all.forEach((sample, index) => {
      files[`before${index}.ts`] = sample.code;
      files[`after${index}.ts`] = wired(sample.code, caseOf(sample)).after;
    });
    const errors = typeErrors(files);
    all.forEach((_, index) => {
      deepEqual(errors[`after${index}.ts`], errors[`before${index}.ts`], files[`after${index}.ts`]);
    });
  });

  it('answers as before; what is the function goes through the instance, what is not does not', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const { after } = wired(sample.code, caseOf(sample));
        const before = run(sample, sample.code);
        const now = run(sample, after);
        deepEqual(now.answers, before.answers, after);
        deepEqual(before.counts, { through: 0, direct: sample.replaced + sample.kept });
        deepEqual(now.counts, { through: sample.replaced, direct: sample.kept }, after);
      }),
      { numRuns: 200, seed: SEED },
    );
  });
});

/** Runs all parts, and counts the calls on either way. */
function run({ names }: Sample, code: string) {
  const counts = { through: 0, direct: 0 };
  let isThrough = false;
  const get = (id: string): string => {
    if (!isThrough) counts.direct++;
    isThrough = false;
    return `got ${id}`;
  };
  const through = <T>(work: () => T): T => {
    counts.through++;
    const outer = isThrough;
    isThrough = true;
    try {
      return work();
    } finally {
      isThrough = outer;
    }
  };
  const http = { get, other: 1, default: { get }, __esModule: true };
  const patterns = {
    ordersClient: { get: (id: string) => through(() => get(id)) },
    orders: { run: through, named: (_name: string, id: string) => through(() => get(id)) },
  };
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const exports: Record<string, () => unknown> = {};
  const load = new Function('require', 'exports', outputText.replace(/^#!.*/, ''));
  load((name: string) => (name === './http.js' ? http : patterns), exports);
  return { answers: names.map((name) => exports[name]?.()), counts };
}
