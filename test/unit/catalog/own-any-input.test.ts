/** Whatever stands among own templates: it is refused in words, or what is planned with it is a plan or refused in words. */
import { equal, ok } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createEngine, diskFiles } from '../../../src/engine.ts';
import type { PlanError } from '../../../src/plan/errors.ts';
import { makeProject, remove, writeTexts } from '../plan/support/disk.ts';
import { TEMPLATES } from '../plan/support/engine.ts';
import { AUDIT, auditLog, INSTANCE, ownFiles } from './support/own.ts';

const NAME = '.patternsmith/templates';

const LABEL = {
  id: 'label',
  version: '1.1.0',
  intent: 'Names things.',
  requires: [],
  files: [{ template: 'label.ts.hbs', path: 'kernel/label.ts', role: 'source' }],
};

const BOX = {
  engine: 'memory',
  port: 'box',
  version: '1.1.0',
  requires: ['box'],
  dependencies: { box: [{ range: '^1.0.0', node: 20 }] },
  symbol: 'memoryBox',
  create: 'memoryBox("{{kebab}}")',
  facts: { Keeps: 'all' },
  files: [{ template: 'box.ts.hbs', path: 'engines/memory/box.ts', role: 'source' }],
};

const MEMORY = { id: 'memory', title: 'Memory', embedded: true, detectedBy: ['box'] };

describe('any own template', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject();
  });
  afterEach(() => remove(root));

  const at = (...path: string[]) => join(root, NAME, ...path);

  /** True when it was taken and planned with; anything but that and a refusal in words fails. */
  const taken = async (): Promise<boolean> => {
    const own = { dir: at(), name: NAME };
    const engine = createEngine({ templatesDir: TEMPLATES, ownTemplates: [own] });
    try {
      await engine.plan({ pattern: 'audit-log' }, diskFiles(root));
      await engine.plan({ pattern: 'sample' }, diskFiles(root));
      return true;
    } catch (error) {
      equal((error as PlanError).name, 'PlanError', String((error as Error).stack));
      return false;
    }
  };

  for (const [path, manifest] of [
    ['patterns/audit-log/pattern.json', AUDIT],
    ['kernel/label/module.json', LABEL],
    ['engines/memory/box.json', BOX],
    ['engines/memory/engine.json', MEMORY],
  ] as const) {
    it(`may have any JSON for ${path}`, async () => {
      await writeTexts(root, {
        ...auditLog(),
        ...ownFiles('kernel/label', { 'module.json': LABEL, 'label.ts.hbs': 'export {};\n' }),
        ...ownFiles('engines/memory', { 'box.json': BOX, 'box.ts.hbs': 'export {};\n' }),
      });
      equal(await taken(), true);
      await fc.assert(
        fc.asyncProperty(manifests(manifest), async (changed) => {
          await writeFile(at(path), JSON.stringify(changed));
          await taken();
        }),
        { seed: 1107, numRuns: 150 },
      );
    });
  }

  it('may have any text for a template', async () => {
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
        if (await taken()) accepted++;
      }),
      { seed: 1107, numRuns: 300 },
    );
    ok(accepted > 0);
  });
});

/** The manifest with some of its values replaced, removed or added to, anywhere; and JSON that has nothing to do with it. */
function manifests(base: object): fc.Arbitrary<unknown> {
  const paths = pathsOf(base);
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
        const copy = structuredClone(base) as unknown;
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
