/** What Biome would not change before the wiring, it would not change afterwards. */
import { deepEqual, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { lineEdits } from '../../src/plan/line-edits.ts';
import { stayFormatted } from '../../src/plan/stay-formatted.ts';
import { DEFAULT_STYLE } from '../../src/project/style.ts';
import { applyEdits } from '../../src/wire/recorder.ts';

const ROOT = join(import.meta.dirname, '../golden/wire');
const BIOME = join(import.meta.dirname, '../../node_modules/@biomejs/biome/bin/biome');

const settings = {
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 80 },
  javascript: {
    formatter: { quoteStyle: 'single' },
    parser: { unsafeParameterDecoratorsEnabled: true },
  },
  linter: { enabled: false },
  assist: { enabled: false },
};

/** Texts by name, and what Biome makes of them. */
function formatted(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const dir = mkdtempSync(join(tmpdir(), 'patternsmith-biome-'));
  try {
    writeFileSync(join(dir, 'biome.json'), JSON.stringify(settings));
    for (const [name, text] of texts) writeFileSync(join(dir, name), text);
    // It leaves what it cannot read as it is, and says so by its exit code.
    const args = [BIOME, 'format', '--write', '.'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' });
    ok(/Formatted \d+ files/.test(stdout + stderr), stderr);
    return new Map([...texts.keys()].map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** What planning makes of what a recipe has left. */
async function laidOut(path: string, before: string, after: string): Promise<string> {
  const project = { formatter: 'biome', style: DEFAULT_STYLE } as const;
  const edits = lineEdits(before, after);
  return applyEdits(after, await stayFormatted(path, { before, after, edits }, project));
}

describe('wiring, in files that Biome formats', () => {
  it('is left as it is by Biome where the file was', async () => {
    const cases = readdirSync(ROOT).flatMap((recipe) =>
      readdirSync(join(ROOT, recipe)).map((name) => join(recipe, name)),
    );
    const read = (file: string) =>
      new Map(
        cases
          .filter((name) => existsSync(join(ROOT, name, 'output.ts')))
          .map((name) => [
            `${name.replaceAll('/', '--')}.ts`,
            readFileSync(join(ROOT, name, file), 'utf8'),
          ]),
      );
    const before = read('input.ts');
    const after = new Map(
      await Promise.all(
        [...read('output.ts')].map(
          async ([name, text]) =>
            [name, await laidOut(name, before.get(name) ?? '', text)] as const,
        ),
      ),
    );
    const [was, is] = [formatted(before), formatted(after)];
    const clean = [...before.keys()].filter((name) => was.get(name) === before.get(name));
    ok(clean.length > 100, `${clean.length} files are as Biome would have them`);
    deepEqual(
      clean.filter((name) => is.get(name) !== after.get(name)),
      [],
    );
  });
});
