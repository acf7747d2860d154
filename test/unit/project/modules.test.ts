import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { profileOf } from './project-of.ts';

describe('module system and import extension', () => {
  const modules = async (
    compilerOptions: object,
    packageJson: object = {},
    source = '',
  ): Promise<string> => {
    const found = await profileOf({
      'package.json': { name: 'p', ...packageJson },
      'tsconfig.json': { compilerOptions },
      'src/a.ts': source,
    });
    return `${found.moduleSystem} ${found.importExtension || 'none'}`;
  };
  const esm = { type: 'module' };

  it('NodeNext follows "type" of package.json', async () => {
    equal(await modules({ module: 'NodeNext' }, esm), 'esm .js');
    equal(await modules({ module: 'Node16' }), 'commonjs none');
    equal(await modules({ moduleResolution: 'nodenext' }, esm), 'esm .js');
  });

  it('without "module" TypeScript decides by its version and target', async () => {
    const ts = (version: string) => ({ ...esm, devDependencies: { typescript: version } });
    equal(await modules({}, { devDependencies: { typescript: '^5.9.0' } }), 'commonjs none');
    equal(await modules({ target: 'ES2022' }, ts('^5.9.0')), 'esm .js');
    equal(await modules({}, ts('^6.0.2')), 'esm .js');
    equal(await modules({}, { devDependencies: { typescript: '~7.0.0' } }), 'esm none');
  });

  it('a resolver among the dependencies makes the extension unnecessary', async () => {
    const bundled = { ...esm, devDependencies: { vite: '^7.0.0' } };
    equal(await modules({ module: 'ESNext', moduleResolution: 'bundler' }, bundled), 'esm none');
    equal(await modules({ module: 'ESNext', moduleResolution: 'bundler' }, esm), 'esm .js');
    equal(await modules({ module: 'preserve' }), 'esm none');
  });

  it('.ts where the compiler rewrites it or Node runs the sources', async () => {
    equal(
      await modules({ module: 'nodenext', rewriteRelativeImportExtensions: true }, esm),
      'esm .ts',
    );
    const allow = { module: 'nodenext', allowImportingTsExtensions: true };
    equal(await modules(allow, { ...esm, scripts: { start: 'node src/main.ts' } }), 'esm .ts');
    equal(await modules(allow, { ...esm, scripts: { start: 'node dist/main.js' } }), 'esm .js');
  });

  it('what the sources write wins over the rule', async () => {
    equal(await modules({ module: 'commonjs' }, {}, "import { b } from './b.js';"), 'commonjs .js');
    equal(await modules({ module: 'esnext' }, esm, "export * from './b';"), 'esm none');
    equal(
      await modules({ module: 'nodenext' }, esm, "// from './b'\nimport d from './d.json';"),
      'esm .js',
    );
  });

  it('CommonJS output in an ESM package is noted', async () => {
    const found = await profileOf({
      'package.json': { name: 'p', type: 'module' },
      'tsconfig.json': { compilerOptions: { module: 'commonjs' } },
    });
    equal(found.moduleSystem, 'esm');
    match(found.notes.join('\n'), /ESM is assumed/);
  });
});

describe('aliases', () => {
  it('come from paths, relative to baseUrl or to the file that says them', async () => {
    const aliases = async (compilerOptions: object) =>
      (await profileOf({ 'tsconfig.json': { compilerOptions } })).aliases;
    deepEqual(await aliases({ paths: { '~/*': ['./src/*', './gen/*'], exact: ['./src/a.ts'] } }), [
      { prefix: '~/', dir: 'src' },
    ]);
    deepEqual(await aliases({ baseUrl: './src', paths: { 'app/*': ['application/*'] } }), [
      { prefix: 'app/', dir: 'src/application' },
    ]);
    deepEqual(await aliases({ paths: { '*': ['./types/*'], 'up/*': ['../up/*'] } }), []);
  });

  it('come from imports of package.json, emitted folders read as their source', async () => {
    const found = await profileOf({
      'package.json': {
        name: 'p',
        imports: {
          '#*': './src/*',
          '#lib/*.js': { node: { import: './dist/lib/*.js' } },
          '#add/*': './src/add/*.js',
          '#one': './src/one.js',
        },
      },
      'tsconfig.json': { compilerOptions: { module: 'nodenext', outDir: 'dist', rootDir: 'src' } },
    });
    deepEqual(found.aliases, [
      { prefix: '#lib/', dir: 'src/lib' },
      { prefix: '#', dir: 'src' },
    ]);
    match(found.notes.join('\n'), /"#add\/\*" adds an extension/);
  });
});

describe('types of Node', () => {
  const notes = async (types: readonly string[] | undefined, devDependencies: object) => {
    const found = await profileOf({
      'package.json': { name: 'p', engines: { node: '24' }, devDependencies },
      'tsconfig.json': { compilerOptions: { module: 'nodenext', ...(types && { types }) } },
    });
    return found.notes.filter((note) => note.includes('"node:" modules'));
  };

  it('are missed when they are no dependency', async () => {
    match((await notes(undefined, {})).join(), /@types\/node is not a dependency/);
  });

  it('are missed when "types" leaves them out, which TypeScript 6 does by default', async () => {
    const types = { '@types/node': '^24.0.0' };
    deepEqual(await notes(undefined, { ...types, typescript: '~5.9.3' }), []);
    match(
      (await notes(undefined, { ...types, typescript: '^6.0.2' })).join(),
      /does not name "node"/,
    );
    match(
      (await notes(['jest'], { ...types, typescript: '~5.9.3' })).join(),
      /does not name "node"/,
    );
    for (const named of ['node', '*']) {
      deepEqual(await notes([named], { ...types, typescript: '^6.0.2' }), []);
    }
  });
});
