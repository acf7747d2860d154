/**
 * Golden triples: `wire/<recipe>/<case>/{input.ts,case.json,output.ts,outcome.json}`. A mismatch writes `*.actual` beside the file;
 * `UPDATE_GOLDEN=1` accepts what came out. `output.ts` is missing where nothing is edited.
 */
import { equal, fail, ok } from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { recipes } from '../../src/wire/recipes.ts';
import { applyEdits, inverse } from '../../src/wire/recorder.ts';
import { parse, syntaxProblems } from '../../src/wire/source.ts';
import type { Recipe } from '../../src/wire/types.ts';
import { INSTANCES, contextOf, readCase, targetOf, type WireCase } from './wire-case.ts';

const ROOT = join(import.meta.dirname, 'wire');
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** Compares with the file, or writes it when asked to; `undefined` means that there must be none. */
function golden(path: string, actual: string | undefined): void {
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  rmSync(`${path}.actual`, { force: true });
  if (expected === actual) return;
  if (UPDATE) {
    if (actual === undefined) rmSync(path, { force: true });
    else writeFileSync(path, actual);
    return;
  }
  if (actual === undefined) fail(`${path} is there, but nothing was to be written`);
  writeFileSync(`${path}.actual`, actual);
  equal(actual, expected, `differs from ${path}; see ${path}.actual`);
}

function run(recipe: Recipe, folder: string, wireCase: WireCase): void {
  const instance = INSTANCES[recipe.id];
  ok(instance, `no instance for ${recipe.id}`);
  const text = readFileSync(join(folder, 'input.ts'), 'utf8');
  const target = targetOf(wireCase, text);
  const context = contextOf(wireCase, instance);
  const inspection = recipe.inspect(target, context);
  const outcome = recipe.wire(target, context);
  const { edits, ...told } = outcome.status === 'wired' ? outcome : { ...outcome, edits: [] };
  golden(join(folder, 'outcome.json'), `${JSON.stringify({ inspection, outcome: told }, null, 2)}\n`);
  const after = applyEdits(text, edits);
  golden(join(folder, 'output.ts'), outcome.status === 'wired' ? after : undefined);
  if (outcome.status !== 'wired') return;

  equal(applyEdits(after, inverse(text, edits)), text, 'the inverse restores the file');
  equal(syntaxProblems(parse({ path: target.file.path, text: after })).length, 0, 'parses');
  const again = targetOf(wireCase, after);
  equal(recipe.wire(again, context).status, 'already', 'a second run has nothing to do');
  ok(!UPDATE || !inspection.ok || inspection.symbol, 'inspected');
}

describe('wiring, golden', () => {
  for (const id of readdirSync(ROOT)) {
    const recipe = recipes.get(id);
    describe(id, () => {
      for (const name of readdirSync(join(ROOT, id))) {
        const folder = join(ROOT, id, name);
        const file = join(folder, 'case.json');
        it(name.replaceAll('-', ' '), () => {
          ok(recipe, `no recipe ${id}`);
          run(recipe, folder, existsSync(file) ? readCase(file) : {});
        });
      }
    });
  }
});
