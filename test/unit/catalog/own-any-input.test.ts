/** Whatever stands among own templates, it is taken or refused in words. */
import { ok } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { catalogWith } from '../../../src/plan/own-catalog.ts';
import { makeProject, remove, writeTexts } from '../plan/support/disk.ts';
import { TEMPLATES } from '../plan/support/engine.ts';
import { AUDIT, auditLog, INSTANCE, told } from './support/own.ts';

const NAME = '.patternsmith/templates';

describe('any own template', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject({});
  });
  afterEach(() => remove(root));

  const at = (...path: string[]) => join(root, NAME, ...path);
  const load = () => catalogWith(TEMPLATES, [{ dir: at(), name: NAME }]);

  it('however bad, are told in words: any JSON for a manifest', async () => {
    await writeTexts(root, auditLog());
    await fc.assert(
      fc.asyncProperty(manifests(), async (manifest) => {
        await writeFile(at('patterns/audit-log/pattern.json'), JSON.stringify(manifest));
        await told(load);
      }),
      { seed: 1107, numRuns: 300 },
    );
  });

  it('however bad, are told in words: any text for a template', async () => {
    await writeTexts(root, auditLog());
    const pieces = fc.constantFrom(
      ...[
        '{{',
        '}}',
        '{{{',
        '{{#if ',
        '{{#each ',
        '{{/if}}',
        '{{/each}}',
        '{{else}}',
        '{{!--',
        '--}}',
        '{{>',
        '{{~',
        '~}}',
        '\\{{',
      ],
      ...[
        'wired',
        'camel',
        'options.days',
        'ports',
        'this',
        '../',
        '@key',
        '"x"',
        '(',
        ')',
        ' ',
        '\n',
        '[x]',
        'constructor',
      ],
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      fc
        .tuple(fc.nat(INSTANCE.length), pieces)
        .map(([at_, piece]) => INSTANCE.slice(0, at_) + piece + INSTANCE.slice(at_)),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        await writeFile(at('patterns/audit-log/instance/audit.ts.hbs'), text);
        if (await told(load)) accepted++;
      }),
      { seed: 1107, numRuns: 400 },
    );
    ok(accepted > 0);
  });
});

/** The manifest with some of its values replaced, removed or added to, anywhere; and JSON that has nothing to do with it. */
function manifests(): fc.Arbitrary<unknown> {
  const paths = pathsOf(AUDIT);
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      '../x',
      '{{x}}',
      '',
      'a'.repeat(300),
      1e308,
      -1,
      null,
    ),
  );
  const change = fc.tuple(fc.constantFrom(...paths), values, fc.constantFrom('set', 'drop', 'add'));
  return fc.oneof(
    { arbitrary: fc.jsonValue(), weight: 1 },
    {
      arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
        const copy = structuredClone(AUDIT) as unknown;
        for (const [path, value, kind] of changes) changeAt(copy, path, value, kind);
        return copy;
      }),
      weight: 5,
    },
  );
}

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}

function changeAt(root: unknown, path: readonly string[], value: unknown, kind: string): void {
  let at = root as Record<string, unknown> | undefined;
  for (const key of path.slice(0, -1)) at = at?.[key] as Record<string, unknown> | undefined;
  const last = path.at(-1);
  if (typeof at !== 'object' || at === null || last === undefined) return;
  if (kind === 'drop') delete at[last];
  else at[kind === 'add' ? `${last}x` : last] = value;
}
