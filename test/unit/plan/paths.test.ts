import { equal, ok, throws } from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { PlanError } from '../../../src/plan/errors.ts';
import { confined, pathProblem } from '../../../src/plan/paths.ts';
import { parseTarget } from '../../../src/plan/target.ts';

const segment = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    'src',
    'node_modules',
    '.git',
    'NODE_MODULES',
    'con',
    'C:',
    'a b',
    '\0',
    '...',
    '%2e%2e',
    '~',
  ),
  fc.string({ maxLength: 6 }),
);
const anyPath = fc.oneof(
  fc.array(segment, { maxLength: 6 }).map((parts) => parts.join('/')),
  fc.array(segment, { maxLength: 6 }).map((parts) => parts.join('\\')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

describe('paths', () => {
  it('what is let through stays below the root, whatever the system and however often it is looked at', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        if (pathProblem(path) !== undefined) {
          throws(() => confined(path, 'It'), { code: 'OUTSIDE_WORKSPACE', exitCode: 2 });
          return;
        }
        const inside = confined(path, 'It');
        equal(confined(inside, 'It'), inside);
        for (const { join, relative, isAbsolute, sep } of [posix, win32]) {
          const root = sep === '/' ? '/root/project' : 'C:\\root\\project';
          const way = relative(root, join(root, inside));
          ok(way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way), `${path} -> ${way}`);
        }
        ok(!/(^|\/)(node_modules|\.git)(\/|$)/i.test(inside));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses what leads out, and says why', () => {
    const refused: Record<string, RegExp> = {
      '../x': /leads upwards/,
      'a/../../x': /leads upwards/,
      '/etc/passwd': /is absolute/,
      'C:\\x': /is absolute/,
      'c:x': /is absolute/,
      '\\\\server\\share': /is absolute/,
      'a\\b': /backslash/,
      'a\0b': /control character/,
      'a/node_modules/b': /leads into "node_modules"/,
      '.git/hooks/pre-commit': /leads into ".git"/,
      'src/nul.ts': /no file name on every system/,
      'src/a:b': /no file name on every system/,
      [`src/${'a'.repeat(400)}`]: /longer than/,
    };
    for (const [path, message] of Object.entries(refused)) {
      throws(() => confined(path, 'The target'), { code: 'OUTSIDE_WORKSPACE', message });
    }
  });

  it('a target is a file and perhaps a symbol; anything else is refused without a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyPath,
          fc.tuple(anyPath, fc.string()).map((parts) => parts.join(':')),
        ),
        (target) => {
          try {
            const { path } = parseTarget(target);
            ok(path !== '' && pathProblem(path) === undefined);
          } catch (error) {
            ok(
              error instanceof PlanError &&
                ['OUTSIDE_WORKSPACE', 'BAD_TARGET'].includes(error.code),
            );
          }
        },
      ),
    );
    equal(parseTarget('src/a.ts:UserRepository.findById').symbol, 'UserRepository.findById');
    equal(parseTarget('./src/a.ts').path, 'src/a.ts');
    throws(() => parseTarget('src/a.ts:'), { code: 'BAD_TARGET' });
    throws(() => parseTarget('C:\\a.ts'), { code: 'OUTSIDE_WORKSPACE' });
  });
});
