/** What `start-stop` writes, run: a server that is told to end answers what it has begun, closes the component after that, and ends. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'mocha';
import { applyEdits } from '../../../src/wire/recorder.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { INSTANCES, contextOf, targetOf, type WireCase } from '../../golden/wire-case.ts';

/** Each listens on a free port and prints it, and takes a while to answer. */
const SERVERS: Readonly<Record<string, string>> = {
  'node:http': `import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  console.log('asked');
  setTimeout(() => {
    console.log('answers');
    response.end('ok');
  }, 200);
});
server.listen(0, () => console.log('port', (server.address() as { port: number }).port));
`,
  'node:http that closes already': `import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  console.log('asked');
  setTimeout(() => {
    console.log('answers');
    response.end('ok');
  }, 200);
});
server.listen(0, () => console.log('port', (server.address() as { port: number }).port));
process.on('SIGTERM', () => server.close());
`,
  'node:http that exits already': `import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  console.log('asked');
  setTimeout(() => {
    console.log('answers');
    response.end('ok');
  }, 200);
});
server.listen(0, () => console.log('port', (server.address() as { port: number }).port));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
  });
}
`,
  Express: `import express from 'express';

const app = express();
app.get('/', (_request, response) => {
  console.log('asked');
  setTimeout(() => {
    console.log('answers');
    response.send('ok');
  }, 200);
});
const server = app.listen(0, () => console.log('port', (server.address() as { port: number }).port));
`,
  Fastify: `import { fastify } from 'fastify';

const app = fastify();
app.get('/', async () => {
  console.log('asked');
  await new Promise((resolve) => setTimeout(resolve, 200));
  console.log('answers');
  return 'ok';
});
app.addHook('onListen', () => console.log('port', app.addresses()[0]?.port));
await app.listen({ port: 0 });
`,
  'Fastify with a plugin': `import { fastify } from 'fastify';

const app = fastify();
app.register(async (plugin) => {
  plugin.addHook('onClose', async () => console.log('disconnects'));
  plugin.get('/', async () => {
    console.log('asked');
    await new Promise((resolve) => setTimeout(resolve, 200));
    console.log('answers');
    return 'ok';
  });
});
app.addHook('onListen', () => console.log('port', app.addresses()[0]?.port));
await app.listen({ port: 0 });
`,
  Hono: `import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', async (c) => {
  console.log('asked');
  await new Promise((resolve) => setTimeout(resolve, 200));
  console.log('answers');
  return c.text('ok');
});
serve({ fetch: app.fetch, port: 0 }, ({ port }) => console.log('port', port));
`,
  Nest: `import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

class Orders {
  onModuleDestroy() {
    console.log('disconnects');
  }
  async find() {
    console.log('asked');
    await new Promise((resolve) => setTimeout(resolve, 200));
    console.log('answers');
    return 'ok';
  }
}
Get()(Orders.prototype, 'find', Object.getOwnPropertyDescriptor(Orders.prototype, 'find')!);
Controller()(Orders);
class AppModule {}
Module({ controllers: [Orders] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0);
console.log('port', (app.getHttpServer().address() as { port: number }).port);
`,
};

const COMPONENT = `export const orderEmailConsumer = {
  start: async () => console.log('start'),
  close: async ({ drainMs }: { drainMs: number }) => console.log('close', drainMs),
};
`;

describe('start-stop, run', () => {
  for (const [name, source] of Object.entries(SERVERS)) {
    it(`${name} answers what it has begun, then closes the component, then what that uses, then ends`, async () => {
      const dir = project({
        'package.json': '{ "type": "module" }',
        'src/index.ts': wired(source, {
          file: 'src/index.ts',
          profile: { importExtension: '.ts' },
        }),
        'src/patterns/order-email.ts': COMPONENT,
      });
      try {
        deepEqual(await terminated(dir), {
          lines: [
            ...['start', 'port', 'asked', 'answers', 'close 10000'],
            ...(source.includes('disconnects') ? ['disconnects'] : []),
          ],
          answer: 'ok',
          code: 0,
        });
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  }

  for (const [kind, source] of Object.entries({
    'an ES module': `import { createServer } from 'node:http';

const server = createServer();
server.listen(0);
`,
    CommonJS: `const { createServer } = require('node:http');

const server = createServer();
server.listen(0);
`,
  })) {
    it(`says why and ends with 1 where the component cannot start, in ${kind}`, () => {
      const isModule = kind !== 'CommonJS';
      const dir = project({
        'package.json': `{ "type": "${isModule ? 'module' : 'commonjs'}" }`,
        'src/index.js': wired(source, {
          file: 'src/index.js',
          instance: { path: 'src/patterns/order-email.js' },
          profile: {
            language: 'javascript',
            moduleSystem: isModule ? 'esm' : 'commonjs',
            importExtension: isModule ? '.js' : '',
          },
        }),
        'src/patterns/order-email.js': `${isModule ? 'export const orderEmailConsumer' : 'exports.orderEmailConsumer'} = {
  start: async () => {
    throw new Error('no queue is there');
  },
};
`,
      });
      try {
        const { status, stderr } = spawnSync(process.execPath, ['src/index.js'], {
          cwd: dir,
          // What Node does with a rejection that nobody handles does not count.
          env: { ...process.env, NODE_OPTIONS: '--unhandled-rejections=none' },
          encoding: 'utf8',
        });
        equal(status, 1);
        match(stderr, /no queue is there/);
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  }
});

function wired(source: string, wireCase: WireCase): string {
  const recipe = recipes.get('start-stop');
  const instance = INSTANCES['start-stop'];
  ok(recipe && instance);
  const outcome = recipe.wire(targetOf(wireCase, source), contextOf(wireCase, instance));
  equal(outcome.status, 'wired', JSON.stringify(outcome));
  return outcome.status === 'wired' ? applyEdits(source, outcome.edits) : '';
}

function project(texts: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'start-stop-'));
  mkdirSync(join(dir, 'src/patterns'), { recursive: true });
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(dir, path), text);
  symlinkSync(join(process.cwd(), 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

/** Starts the program, asks it something, tells it to end while it is at it, and gives what happened in which order. */
async function terminated(
  dir: string,
): Promise<{ lines: string[]; answer: string; code: number | null }> {
  const child = spawn(process.execPath, ['src/index.ts'], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let answer = Promise.resolve('');
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, port] = line.split(' ');
    lines.push(what === 'port' ? 'port' : line);
    if (what === 'port') {
      answer = fetch(`http://localhost:${port}/`, { headers: { connection: 'close' } }).then(
        (response) => response.text(),
      );
    }
    if (what === 'asked') child.kill('SIGTERM');
  }
  return { lines, answer: await answer, code: await ended };
}
