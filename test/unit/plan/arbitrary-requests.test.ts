import { equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { createEngine } from '../../../src/engine.ts';
import { PlanError } from '../../../src/plan/errors.ts';
import { pathProblem } from '../../../src/plan/paths.ts';
import { hashOf } from '../../../src/plan/receipt.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { PROJECT } from './support/disk.ts';
import { TEMPLATES } from './support/engine.ts';

const engine = createEngine({ templatesDir: TEMPLATES });

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    '..',
    '../..',
    '/',
    '__proto__',
    'constructor',
    '${x}',
    '{{x}}',
    '*/',
    "'",
    '\0',
    '\n',
    'C:\\',
    'src/../..',
  ),
);
const orOdd = (value: fc.Arbitrary<string>) => fc.oneof({ weight: 3, arbitrary: value }, odd);

const request = fc.record(
  {
    pattern: orOdd(fc.constantFrom('sample', 'second', 'described')),
    name: orOdd(fc.stringMatching(/^[a-zA-Z][\w-]{0,12}$/)),
    engine: orOdd(fc.constantFrom('memory', 'shelf')),
    target: orOdd(
      fc.constantFrom(
        'src/users.ts',
        'src/users.ts:UserRepository.findById',
        'src/users.ts:L9',
        'src/db.ts',
        'package.json',
      ),
    ),
    out: orOdd(fc.constantFrom('src/patterns', 'lib', '.', 'src/users.ts', 'src/a/b/c')),
    options: fc.dictionary(
      orOdd(fc.constantFrom('size', 'share', 'mode', 'note', 'loud')),
      fc.oneof(odd, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom('3', 'fast', 'true')),
      { maxKeys: 2 },
    ),
  },
  { requiredKeys: ['pattern'], noNullPrototype: true },
);

const receipt = fc.option(
  fc.record(
    {
      patternsmith: fc.constantFrom<unknown>(1, 1, 1, 2),
      instances: fc.constantFrom<unknown>(
        {},
        {
          'sample/user engine': 'memory',
          'sample/user out': 'src/patterns',
          'sample/user target': 'src/users.ts:UserRepository.findById',
          'sample/user uses': 'kernel/box',
          'sample/user version': '1.0.0',
        },
        {
          'gone/x engine': 'gone',
          'gone/x out': 'lib',
          'gone/x uses': 'kernel/gone',
          'gone/x version': '9.9.9',
        },
      ),
      files: fc.dictionary(
        orOdd(
          fc.constantFrom(
            'src/patterns/user-sample.ts',
            'src/patterns/kernel/box.ts',
            'package.json',
            'src/users.ts',
          ),
        ),
        orOdd(
          fc.constantFrom(
            `instances/sample/user@1.0.0 ${hashOf('')}`,
            `kernel/box@0.0.1 ${hashOf('')}`,
          ),
        ),
        { maxKeys: 2 },
      ),
      dependencies: fc.dictionary(odd, odd, { maxKeys: 1 }),
    },
    { requiredKeys: ['patternsmith'] },
  ),
  { nil: undefined },
);

describe('any request on any receipt', () => {
  it('is planned inside of the package, or refused with what to do; the same plan each time', async () => {
    await fc.assert(
      fc.asyncProperty(request, receipt, async (asked, recorded) => {
        const files = memoryFiles({
          ...PROJECT,
          ...(recorded === undefined ? {} : { '.patternsmith/receipt.json': recorded }),
        });
        try {
          const plan = await engine.plan(asked, files);
          for (const { path } of plan.files) {
            equal(pathProblem(path), undefined, path);
            ok(!path.startsWith('/') && path !== '', path);
          }
          equal(new Set(plan.files.map(({ path }) => path)).size, plan.files.length);
          equal(JSON.stringify(await engine.plan(asked, files)), JSON.stringify(plan));
        } catch (error) {
          ok(error instanceof PlanError, error instanceof Error ? error.stack : String(error));
          match(error.message, /Nothing was written/);
          ok(error.hint !== '');
          ok([2, 3].includes(error.exitCode));
        }
      }),
      { numRuns: 150 },
    );
  });
});
