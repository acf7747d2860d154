import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type MemoryTexts } from './memory-files.ts';
import { profileOf } from './project-of.ts';

describe('framework', () => {
  const framework = async (dependencies: object, main = '') => {
    const found = await profileOf({
      'package.json': { name: 'p', dependencies },
      'src/main.ts': main,
    });
    return [found.framework, found.frameworkVersion];
  };

  it('is told by the dependency, its version by the range when it is not installed', async () => {
    deepEqual(await framework({ koa: '^3.1.0' }), ['koa', '3.1.0']);
    deepEqual(await framework({ express: 'latest' }), ['express', undefined]);
    deepEqual(await framework({ '@nestjs/core': '12.0.1', express: '^5.0.0' }), ['nest', '12.0.1']);
  });

  it('is the one that the entry imports, where there are several', async () => {
    const both = { express: '^5.0.0', fastify: '^5.0.0' };
    deepEqual(await framework(both, "import express from 'express';\nexpress().listen(1);"), [
      'express',
      '5.0.0',
    ]);
    deepEqual(await framework(both), ['fastify', '5.0.0']);
  });

  it('is node:http only when an entry imports it', async () => {
    const server = (module: string) =>
      `import { createServer } from '${module}';\ncreateServer().listen(1);`;
    deepEqual(await framework({}, server('node:http')), ['node-http', undefined]);
    deepEqual(await framework({}, server('http')), ['node-http', undefined]);
    deepEqual(await framework({}), [undefined, undefined]);
  });

  it('has the installed version', async () => {
    const found = await profileOf({
      'package.json': { name: 'p', dependencies: { hono: '^4.0.0' } },
      'node_modules/hono/package.json': { name: 'hono', version: '4.10.6' },
    });
    equal(found.frameworkVersion, '4.10.6');
  });
});

describe('entries', () => {
  const entries = async (files: MemoryTexts) => (await profileOf(files)).entries;
  const listens = 'app.listen(3000);';

  it('begin with what the scripts name, emitted files read as their source', async () => {
    const files = { 'src/main.ts': listens, 'src/http/boot.ts': listens };
    const start = (script: string) => ({
      'package.json': { name: 'p', scripts: { start: script } },
    });
    for (const script of [
      'node dist/http/boot.js',
      'node ./dist/http/boot',
      'tsx src/http/boot.ts',
      'cross-env A=1 ts-node ./src/http/boot',
    ]) {
      deepEqual(
        await entries({ ...files, ...start(script) }),
        ['src/http/boot.ts', 'src/main.ts'],
        script,
      );
    }
  });

  it('are followed from a file that only imports them', async () => {
    const files = { 'src/index.ts': "import './boot.js';", 'src/boot.ts': listens };
    deepEqual(await entries(files), ['src/boot.ts']);
  });

  it('put files that start before files that make', async () => {
    const files = {
      'src/app.ts': 'export const app = express();',
      'src/index.ts': `import { app } from './app';\n${listens}`,
    };
    deepEqual(await entries(files), ['src/index.ts', 'src/app.ts']);
  });

  it('know Nest, Hono and the run-times', async () => {
    for (const call of [
      'await NestFactory.create(AppModule);',
      'serve({ fetch: app.fetch });',
      'Bun.serve({});',
      'NestFactory.createMicroservice(A);',
    ]) {
      deepEqual(await entries({ 'src/main.ts': call }), ['src/main.ts'], call);
    }
  });

  it('are not files that mention or declare such a call', async () => {
    for (const text of [
      '// app.listen(3000)',
      "log('app.listen(3000)');",
      'function serve() {}',
      'repository.create(user);',
      'listen();',
    ]) {
      deepEqual(await entries({ 'src/main.ts': text }), [], text);
    }
  });

  it('are noted when there are none', async () => {
    match((await profileOf({})).notes.join('\n'), /No file that starts the application/);
  });
});
