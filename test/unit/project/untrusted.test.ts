import { ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ProjectError } from '../../../src/project/errors.ts';
import { profile } from '../../../src/project/profile.ts';
import { DEFAULT_STYLE, detectStyle } from '../../../src/project/style.ts';
import { memoryFiles } from './memory-files.ts';

/** Values that a field may have in a file that nobody has checked. */
const anything = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '../..',
    '/',
    './src',
    '*',
    '**/*',
    '${configDir}',
    '@a/b',
    '>=20',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const fields = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });

const packageJson = fields(
  ...['name', 'type', 'main', 'scripts', 'dependencies', 'devDependencies', 'imports', 'engines'],
  ...['workspaces', 'packageManager', 'prettier', 'jest', 'mocha'],
);
const tsconfig = fc.record(
  {
    extends: anything,
    files: anything,
    include: anything,
    exclude: anything,
    references: fc.oneof(anything, fc.array(fc.record({ path: anything }))),
    compilerOptions: fields(
      ...['module', 'moduleResolution', 'target', 'outDir', 'rootDir', 'baseUrl', 'paths'],
    ),
  },
  { requiredKeys: [] },
);

describe('a profile of files that nobody has checked', () => {
  it('is a profile or a ProjectError, and never asks for a path outside of the root', async () => {
    await fc.assert(
      fc.asyncProperty(
        packageJson,
        tsconfig,
        fields('formatter', 'javascript', 'extends'),
        fields('sourceRoot'),
        fc.constantFrom('src/main.ts', 'main.ts', 'code/main.ts'),
        fc.string(),
        fc.string(),
        async (manifest, config, biome, nest, path, yaml, source) => {
          const files = memoryFiles({
            'package.json': manifest,
            'tsconfig.json': config,
            'biome.json': biome,
            '.prettierrc': yaml,
            '.editorconfig': yaml,
            'pnpm-workspace.yaml': yaml,
            '.nvmrc': yaml,
            'nest-cli.json': nest,
            [path]: source,
          });
          try {
            const found = await profile(files, path);
            ok(!found.outDir.startsWith('..') && !found.outDir.startsWith('/'));
          } catch (error) {
            if (!(error instanceof ProjectError)) throw error;
            ok(error.code !== 'OUTSIDE_WORKSPACE', error.message);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('has a style for any text', () => {
    const code = fc.array(
      fc.oneof(
        fc.constantFrom(...'{}()[];,\'"`${=>/*\n\r\t @#'),
        fc.constantFrom('a', 'const', ' '),
        fc.string(),
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(code, (parts) => {
        const style = detectStyle(parts.join(''), DEFAULT_STYLE);
        ok(style.printWidth >= DEFAULT_STYLE.printWidth);
        ok(style.indent === '\t' || style.indent > 0);
      }),
      { numRuns: 500 },
    );
  });
});
