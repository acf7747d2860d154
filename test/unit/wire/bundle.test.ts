/** The bundle leaves out most of the compiler; what is left must do to every golden case what the whole does. */
import { deepEqual, equal } from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { after, before, describe, it } from 'mocha';
import { leanTsMorph } from '../../../scripts/lib/lean-ts-morph.ts';
import type { recipes } from '../../../src/wire/recipes.ts';
import { applyEdits } from '../../../src/wire/recorder.ts';
import { parse, syntaxProblems } from '../../../src/wire/source.ts';
import { INSTANCES, contextOf, readCase, targetOf } from '../../golden/wire-case.ts';

const ROOT = join(import.meta.dirname, '../../..');
const GOLDEN = join(ROOT, 'test/golden/wire');

interface Bundle {
  readonly recipes: typeof recipes;
  readonly parse: typeof parse;
  readonly syntaxProblems: typeof syntaxProblems;
}

describe('the bundle of the wiring', function () {
  this.timeout(60_000);
  let dir: string;
  let bundle: Bundle;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'patternsmith-wiring-'));
    const outfile = join(dir, 'wiring.cjs');
    await build({
      stdin: {
        contents: "export * from './src/wire/recipes.ts';\nexport * from './src/wire/source.ts';",
        resolveDir: ROOT,
      },
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      define: { 'import.meta.url': '__importMetaUrl' },
      banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
      plugins: [leanTsMorph],
      logLevel: 'silent',
      outfile,
    });
    bundle = createRequire(import.meta.url)(outfile) as Bundle;
  });

  after(() => rm(dir, { recursive: true }));

  for (const id of readdirSync(GOLDEN)) {
    for (const name of readdirSync(join(GOLDEN, id))) {
      it(`${id}, ${name.replaceAll('-', ' ')}`, () => {
        const folder = join(GOLDEN, id, name);
        const read = (file: string): string | undefined =>
          existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined;
        const recipe = bundle.recipes.get(id)!;
        const text = read('input.ts')!;
        const wireCase = existsSync(join(folder, 'case.json'))
          ? readCase(join(folder, 'case.json'))
          : {};
        const target = targetOf(wireCase, text);
        const context = contextOf(wireCase, INSTANCES[id]!);
        const inspection = recipe.inspect(target, context);
        const outcome = recipe.wire(target, context);
        const { edits, ...told } = outcome.status === 'wired' ? outcome : { ...outcome, edits: [] };
        equal(`${JSON.stringify({ inspection, outcome: told }, null, 2)}\n`, read('outcome.json'));
        const wired = outcome.status === 'wired' ? applyEdits(text, edits) : undefined;
        equal(wired, read('output.ts'));
      });
    }
  }

  it('tells what does not parse', () => {
    const file = { path: 'src/broken.ts', text: 'const a = 1;\nconst = 2;\n' };
    const problems = bundle.syntaxProblems(bundle.parse(file));
    equal(problems[0]?.message, 'Variable declaration expected.');
    deepEqual(problems, syntaxProblems(parse(file)));
  });
});
