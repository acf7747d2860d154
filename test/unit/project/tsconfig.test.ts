import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Reader } from '../../../src/project/reader.ts';
import { governingTsconfig, readTsconfig } from '../../../src/project/tsconfig.ts';
import { memoryFiles, type MemoryTexts } from './memory-files.ts';

async function read(files: MemoryTexts, path = 'tsconfig.json') {
  const config = await readTsconfig(new Reader(memoryFiles(files)), path);
  if (!config) throw new Error(`${path} was not found`);
  return config;
}

describe('tsconfig', () => {
  it('is read with comments, trailing commas and a byte order mark', async () => {
    const text = '\uFEFF{ // c\n "compilerOptions": { /* c */ "module": "NodeNext", }, }';
    equal((await read({ 'tsconfig.json': text })).options['module'], 'nodenext');
  });

  it('that does not parse is a SYNTAX_ERROR that names the file', async () => {
    await rejects(read({ 'tsconfig.json': '{ "compilerOptions": ' }), {
      code: 'SYNTAX_ERROR',
      message: /tsconfig\.json/,
    });
  });

  it('extends a list of files, the last one winning, itself most', async () => {
    const { options } = await read({
      'tsconfig.json': { extends: ['./a', './b.json'], compilerOptions: { target: 'ES2023' } },
      'a.json': { compilerOptions: { module: 'CommonJS', strict: true, target: 'ES5' } },
      'b.json': { compilerOptions: { module: 'NodeNext' } },
    });
    deepEqual(options, { module: 'nodenext', strict: true, target: 'es2023' });
  });

  it('takes paths from the file that says them', async () => {
    const config = await read(
      {
        'packages/api/tsconfig.json': { extends: '../../base.json' },
        'base.json': {
          compilerOptions: {
            outDir: './dist',
            rootDir: '${configDir}/src',
            paths: { '@/*': ['x/*'] },
          },
          include: ['shared/**/*.ts'],
        },
      },
      'packages/api/tsconfig.json',
    );
    equal(config.options['outDir'], 'dist');
    equal(config.options['rootDir'], 'packages/api/src');
    equal(config.pathsBase, '');
    deepEqual(config.include, ['shared/**/*.ts']);
  });

  it('extends a package, by its tsconfig field, its tsconfig.json or a file in it', async () => {
    const modules = {
      'node_modules/fielded/package.json': { tsconfig: 'strict.json' },
      'node_modules/fielded/strict.json': { compilerOptions: { module: 'node20' } },
      'node_modules/@tsconfig/node20/tsconfig.json': { compilerOptions: { module: 'node16' } },
    };
    for (const [name, module] of [
      ['fielded', 'node20'],
      ['@tsconfig/node20', 'node16'],
      ['@tsconfig/node20/tsconfig.json', 'node16'],
    ]) {
      const config = await read(
        { ...modules, 'packages/a/tsconfig.json': { extends: name } },
        'packages/a/tsconfig.json',
      );
      equal(config.options['module'], module, name);
    }
  });

  it('notes what it extends and cannot find, and what lies outside of the root', async () => {
    const reader = new Reader(
      memoryFiles({ 'tsconfig.json': { extends: ['@tsconfig/node20', '../base.json'] } }),
    );
    const config = await readTsconfig(reader, 'tsconfig.json');
    deepEqual(config?.missing, ['@tsconfig/node20', '../base.json']);
    match(reader.notes.join('\n'), /@tsconfig\/node20, which was not found/);
    match(reader.notes.join('\n'), /\.\.\/base\.json, which is outside the workspace/);
  });

  it('that extends itself ends', async () => {
    const config = await read({
      'tsconfig.json': { extends: './tsconfig.json', compilerOptions: { strict: true } },
    });
    equal(config.options['strict'], true);
  });
});

describe('the tsconfig that governs a folder', () => {
  const governing = async (files: MemoryTexts, dir: string) => {
    const reader = new Reader(memoryFiles(files));
    const { path } = await governingTsconfig(reader, dir);
    return { path, notes: reader.notes };
  };

  it('is the nearest one that includes it', async () => {
    const files = {
      'tsconfig.json': {},
      'src/tsconfig.json': { include: ['../scripts'] },
      'src/api/tsconfig.json': {},
    };
    equal((await governing(files, 'src/api')).path, 'src/api/tsconfig.json');
    equal((await governing(files, 'src')).path, 'tsconfig.json');
  });

  it('is the referenced project that includes it, by file or by folder', async () => {
    const files = {
      'tsconfig.json': {
        files: [],
        references: [{ path: './tsconfig.spec.json' }, { path: 'app' }],
      },
      'tsconfig.spec.json': { include: ['src/**/*.spec.ts'] },
      'app/tsconfig.json': { include: ['../src'], exclude: ['../src/**/*.spec.ts'] },
    };
    equal((await governing(files, 'src')).path, 'app/tsconfig.json');
  });

  it('excludes what it emits, unless that is beside the sources', async () => {
    const files = (outDir: string) => ({ 'tsconfig.json': { compilerOptions: { outDir } } });
    match((await governing(files('./lib'), 'lib')).notes.join(), /does not include lib/);
    deepEqual((await governing(files('./'), 'lib')).notes, []);
  });

  it('is noted when it does not include the folder', async () => {
    const { path, notes } = await governing({ 'tsconfig.json': { include: ['web'] } }, 'src');
    equal(path, 'tsconfig.json');
    deepEqual(notes, ['tsconfig.json does not include src: its options are assumed.']);
  });
});
