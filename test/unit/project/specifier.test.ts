import { equal } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { specifier } from '../../../src/project/specifier.ts';
import type { ProjectProfile } from '../../../src/project/types.ts';

type Profile = Parameters<typeof specifier>[0];

function profileWith(importExtension: ProjectProfile['importExtension']): Profile {
  return {
    importExtension,
    moduleSystem: importExtension === '' ? 'commonjs' : 'esm',
    packageDir: 'packages/api',
    aliases: [
      { prefix: '@users/', dir: 'packages/api/src/users' },
      { prefix: '@/', dir: 'packages/api/src' },
    ],
  };
}

describe('import specifier', () => {
  const from = 'packages/api/src/users/repository.ts';

  it('is relative, with the extension of the project', () => {
    const to = 'packages/api/src/patterns/user-cache.ts';
    equal(specifier(profileWith('.js'), from, to), '../patterns/user-cache.js');
    equal(specifier(profileWith('.ts'), from, to), '../patterns/user-cache.ts');
    equal(specifier(profileWith(''), from, to), '../patterns/user-cache');
  });

  it('begins with a dot in the same folder and below it', () => {
    equal(specifier(profileWith(''), from, 'packages/api/src/users/a.ts'), './a');
    equal(specifier(profileWith(''), from, 'packages/api/src/users/b/a.ts'), './b/a');
    equal(specifier(profileWith(''), 'index.ts', 'a.ts'), './a');
    equal(specifier(profileWith('.js'), 'a.ts', '.hidden/a.ts'), './.hidden/a.js');
  });

  it('takes paths with a leading slash, as recipes give them', () => {
    equal(specifier(profileWith('.js'), '/src/a.ts', '/src/b.ts'), './b.js');
  });

  it('leaves a package for another one by the way through the folders', () => {
    equal(specifier(profileWith('.js'), from, 'packages/b/src/x.ts'), '../../../b/src/x.js');
  });

  it('shows the extension of .mts and .cts always', () => {
    for (const [to, js] of [
      ['src/a.mts', './a.mjs'],
      ['src/a.cts', './a.cjs'],
    ] as const) {
      equal(specifier(profileWith(''), 'src/b.ts', to), js);
      equal(specifier(profileWith('.js'), 'src/b.ts', to), js);
      equal(specifier(profileWith('.ts'), 'src/b.ts', to), `./${to.slice(4)}`);
    }
  });

  it('from an .mts file has an extension in a CommonJS package too', () => {
    equal(specifier(profileWith(''), 'src/b.mts', 'src/a.ts'), './a.js');
    equal(specifier(profileWith(''), 'src/b.cts', 'src/a.ts'), './a');
  });

  it('knows .tsx and declarations, and leaves other files alone', () => {
    equal(specifier(profileWith('.js'), 'a.ts', 'b.tsx'), './b.js');
    equal(specifier(profileWith(''), 'a.ts', 'b.tsx'), './b');
    equal(specifier(profileWith('.js'), 'a.ts', 'b.d.ts'), './b.js');
    equal(specifier(profileWith(''), 'a.ts', 'b.json'), './b.json');
  });

  it('is an alias only when asked for, the longest folder first', () => {
    const alias = { alias: true };
    const user = 'packages/api/src/users/user.ts';
    const other = 'packages/api/src/app.ts';
    equal(specifier(profileWith('.js'), other, user), './users/user.js');
    equal(specifier(profileWith('.js'), other, user, alias), '@users/user.js');
    equal(specifier(profileWith(''), from, other, alias), '@/app');
  });

  it('is no alias for what none covers, nor from another package', () => {
    const alias = { alias: true };
    equal(specifier(profileWith(''), from, 'packages/api/x.ts', alias), '../../x');
    equal(
      specifier(profileWith(''), 'packages/b/a.ts', 'packages/api/src/c.ts', alias),
      '../api/src/c',
    );
  });
});
