/** Every golden input, written in other styles: what is wired in one must be wired in all, and fit in. */
import { equal, ok } from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { format, type Options } from 'prettier';
import { stayFormatted } from '../../../src/plan/stay-formatted.ts';
import { applyEdits, inverse } from '../../../src/wire/recorder.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { parse, syntaxProblems } from '../../../src/wire/source.ts';
import type { WiringOutcome } from '../../../src/wire/types.ts';
import { INSTANCES, contextOf, readCase, targetOf, type WireCase } from '../../golden/wire-case.ts';

const ROOT = join(import.meta.dirname, '../../golden/wire');

interface Variant {
  readonly name: string;
  readonly options: Options;
  readonly bom?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { name: 'single quotes', options: { singleQuote: true, printWidth: 80 } },
  {
    name: 'no semicolons, tabs, CRLF, wide',
    options: { semi: false, useTabs: true, tabWidth: 4, endOfLine: 'crlf', printWidth: 100 },
  },
  {
    name: 'no trailing commas, 4 spaces, bare arrows, byte order mark',
    options: { trailingComma: 'none', tabWidth: 4, arrowParens: 'avoid', printWidth: 120 },
    bom: true,
  },
  {
    name: 'tight braces, commas as in ES5',
    options: { bracketSpacing: false, trailingComma: 'es5', singleQuote: true, semi: false },
  },
];

function styled(wireCase: WireCase, { options }: Variant): WireCase {
  return {
    ...wireCase,
    style: {
      quotes: options.singleQuote ? 'single' : 'double',
      semicolons: options.semi ?? true,
      indent: options.useTabs ? '\t' : (options.tabWidth ?? 2),
      tabWidth: options.tabWidth ?? 2,
      eol: options.endOfLine === 'crlf' ? '\r\n' : '\n',
      trailingCommas: options.trailingComma ?? 'all',
      printWidth: options.printWidth ?? 80,
      bracketSpacing: options.bracketSpacing ?? true,
      arrowParens: options.arrowParens ?? 'always',
    },
  };
}

/** Formatting moves lines, so a case that names one is left to the recipe where it has no choice. */
const withoutLine = (wireCase: WireCase): WireCase => {
  const { symbol, ...rest } = wireCase;
  return symbol === undefined || /^L\d+$/.test(symbol) ? rest : wireCase;
};

describe('wiring in other styles', () => {
  for (const id of readdirSync(ROOT)) {
    const recipe = recipes.get(id);
    const instance = INSTANCES[id];
    for (const name of readdirSync(join(ROOT, id))) {
      const folder = join(ROOT, id, name);
      if (!existsSync(join(folder, 'output.ts'))) continue;
      const input = readFileSync(join(folder, 'input.ts'), 'utf8').replace(/^\uFEFF/, '');
      const plain = readCase(join(folder, 'case.json'));
      it(`${id}: ${name.replaceAll('-', ' ')}`, async () => {
        ok(recipe && instance);
        for (const variant of VARIANTS) {
          const options: Options = { ...variant.options, parser: 'typescript' };
          const text = (variant.bom ? '\uFEFF' : '') + (await format(input, options));
          const wireCase = withoutLine(styled(plain, variant));
          const context = contextOf(wireCase, instance);
          const target = targetOf(wireCase, text);
          const named = recipe.inspect(target, context);
          if (plain.symbol !== wireCase.symbol && !named.ok) continue;
          const outcome: WiringOutcome = recipe.wire(target, context);
          equal(outcome.status, 'wired', `${variant.name}: ${JSON.stringify(outcome)}`);
          ok(outcome.status === 'wired');
          const { edits } = outcome;
          const wired = applyEdits(text, edits);
          equal(syntaxProblems(parse({ path: target.file.path, text: wired })).length, 0, wired);
          equal(applyEdits(wired, inverse(text, outcome.edits)), text, variant.name);
          const { path } = target.file;
          const project = { formatter: 'prettier', style: context.profile.style } as const;
          const layout = await stayFormatted(path, { before: text, after: wired, edits }, project);
          const after = applyEdits(wired, layout);
          equal(recipe.wire(targetOf(wireCase, after), context).status, 'already', after);
          equal(after.startsWith('\uFEFF'), variant.bom ?? false);
          equal(/(?<!\r)\n/.test(after), options.endOfLine !== 'crlf', 'one kind of line end');
          const formatted = (await format(after, options)).replace(/^\uFEFF/, '');
          equal(after.replace(/^\uFEFF/, ''), formatted, variant.name);
        }
      });
    }
  }
});
