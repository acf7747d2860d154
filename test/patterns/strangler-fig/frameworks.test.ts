import 'reflect-metadata';
import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createRequire } from 'node:module';
import { serve } from '@hono/node-server';
import { Controller, Get, Module, Post, Body, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { memoryRolloutStore } from '#rendered/engines/memory/rollout-store.ts';
import { createStranglerProxy } from '#rendered/strangler-fig/strangler-proxy.ts';
import type { StranglerProxy } from '#rendered/strangler-fig/strangler-proxy.ts';
import { createStrangler } from '#rendered/strangler-fig/strangler.ts';

/** `express@4` brings no types; what is used of it is the same. */
const express4 = createRequire(import.meta.url)('express4') as typeof express;

/** An application with `GET /a/:id`, `POST /a` (JSON, echoed) and `GET /b`, the façade in front; its port and its end. */
interface Running {
  readonly port: number;
  close(): Promise<unknown>;
}

type Start = (facade: StranglerProxy) => Promise<Running>;

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

const onExpress =
  (framework: typeof express): Start =>
  async (facade) => {
    const app = framework();
    app.use(facade.handler);
    app.use(framework.json());
    app.get('/a/:id', (req, res) => void res.send(`old ${req.params.id}`));
    app.post('/a', (req, res) => void res.json(req.body));
    app.get('/b', (_, res) => void res.send('b'));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { port: portOf(server), close: async () => end(server) };
  };

const onFastify: Start = async (facade) => {
  const app = fastify();
  // Not awaited, as it is wired where the set-up is not asynchronous.
  void app.register(facade.fastify);
  app.get<{ Params: { id: string } }>('/a/:id', async ({ params }) => `old ${params.id}`);
  app.post('/a', async ({ body }) => body);
  app.get('/b', async () => 'b');
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: portOf(app.server), close: () => app.close() };
};

/** As it is wired where the plugin is not used: the hook alone. */
const onFastifyHook: Start = async (facade) => {
  const app = fastify();
  app.addHook('onRequest', (request, reply, done) => {
    facade.handler(request.raw, reply.raw, (error) => done(error as Error | undefined));
  });
  app.get<{ Params: { id: string } }>('/a/:id', async ({ params }) => `old ${params.id}`);
  app.post('/a', async ({ body }) => body);
  app.get('/b', async () => 'b');
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: portOf(app.server), close: () => app.close() };
};

const onHono: Start = async (facade) => {
  const app = new Hono();
  app.use(facade.hono);
  app.get('/a/:id', (c) => c.text(`old ${c.req.param('id')}`));
  app.post('/a', async (c) => c.json(await c.req.json()));
  app.get('/b', (c) => c.text('b'));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  await once(server, 'listening');
  return { port: portOf(server), close: async () => end(server) };
};

const onNest: Start = async (facade) => {
  // Decorators are not erasable syntax: applied by hand.
  class OldController {
    one(id: string): string {
      return `old ${id}`;
    }
    add(body: unknown): unknown {
      return body;
    }
    b(): string {
      return 'b';
    }
  }
  const method = (name: keyof OldController, decorate: MethodDecorator): void => {
    const descriptor = Object.getOwnPropertyDescriptor(OldController.prototype, name);
    decorate(OldController.prototype, name, descriptor as TypedPropertyDescriptor<never>);
  };
  method('one', Get('a/:id') as MethodDecorator);
  method('add', Post('a') as MethodDecorator);
  method('b', Get('b') as MethodDecorator);
  Param('id')(OldController.prototype, 'one', 0);
  Body()(OldController.prototype, 'add', 0);
  Controller()(OldController);
  class AppModule {}
  Module({ controllers: [OldController] })(AppModule);
  const app = await NestFactory.create(AppModule, { logger: false });
  app.use(facade.handler);
  await app.listen(0, '127.0.0.1');
  return { port: portOf(app.getHttpServer() as Server), close: () => app.close() };
};

const onNodeHttp: Start = async (facade) => {
  const server = createServer(
    facade.wrap((req, res) => {
      if (req.method === 'POST') req.pipe(res);
      else res.end(req.url === '/b' ? 'b' : `old ${req.url?.split('/')[2] ?? ''}`);
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: portOf(server), close: async () => end(server) };
};

function end(server: { close(): unknown }): void {
  (server as { closeAllConnections?(): void }).closeAllConnections?.();
  server.close();
}

const by = { by: 'test', reason: 'test' };

for (const [name, start] of [
  ['Express 4', onExpress(express4)],
  ['Express 5', onExpress(express)],
  ['Fastify 5, as a plugin', onFastify],
  ['Fastify 5, as a hook', onFastifyHook],
  ['Hono on node:http', onHono],
  ['Nest 12', onNest],
  ['node:http', onNodeHttp],
] as const) {
  describe(`strangler facade in ${name}`, () => {
    const asked: string[] = [];
    let failing = false;
    const billing = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => (body += String(chunk)));
      req.on('end', () => {
        asked.push(`${req.method} ${req.url} ${body}`.trim());
        res.statusCode = failing ? 500 : 200;
        res.setHeader('X-System', 'new');
        res.end('new');
      });
    });
    let facade: StranglerProxy;
    let running: Running;

    const ask = async (path: string, init?: RequestInit): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${running.port}${path}`, init);
      return `${response.status} ${await response.text()}`;
    };
    const json = { 'content-type': 'application/json' };
    const post = { method: 'POST', headers: json, body: '{"pay":1}' };

    before(async () => {
      billing.listen(0, '127.0.0.1');
      await once(billing, 'listening');
      facade = createStranglerProxy({
        strangler: createStrangler({ store: memoryRolloutStore(), gate: false }),
        key: { header: 'x-user-id' },
        routes: [
          {
            path: '/a/*',
            rollout: 'a',
            old: 'next',
            new: `http://127.0.0.1:${portOf(billing)}`,
            shadow: { sample: 1 },
          },
        ],
      });
      running = await start(facade);
    });
    const printed: unknown[] = [];
    const { error } = console;
    before(() => {
      // Frameworks print what they swallow.
      console.error = (...args) => printed.push(args);
    });
    after(async () => {
      console.error = error;
      deepEqual(printed, []);
      await running.close();
      await facade.close();
      end(billing);
    });

    it('SF-1 at `old` the application answers as without the facade, bodies included', async () => {
      deepEqual(
        [await ask('/a/1'), await ask('/a', post), await ask('/b')],
        ['200 old 1', name.startsWith('Nest') ? '201 {"pay":1}' : '200 {"pay":1}', '200 b'],
      );
      equal((await ask('/nowhere/at/all')).slice(0, 3), name === 'node:http' ? '200' : '404');
      deepEqual(asked, []);
    });

    it('SF-5 at `shadow` too, and the new system is asked what is only read', async () => {
      await facade.strangler.setRollout('a', { stage: 'shadow' }, by);
      equal(await ask('/a/1'), '200 old 1');
      equal((await ask('/a', post)).slice(4), '{"pay":1}');
      while (facade.strangler.status('a').comparisons.mismatch < 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      deepEqual(asked.splice(0), ['GET /a/1']);
    });

    it('SF-2 at `new` the new system answers, bodies included, and what has no route does not change', async () => {
      await facade.strangler.setRollout('a', { stage: 'canary', percent: 50 }, by);
      await facade.strangler.setRollout('a', { stage: 'new' }, by);
      deepEqual(
        [await ask('/a/1?x=1'), await ask('/a', post), await ask('/b')],
        ['200 new', '200 new', '200 b'],
      );
      deepEqual(asked.splice(0), ['GET /a/1?x=1', 'POST /a {"pay":1}']);
    });

    it('SF-4 the application answers the reads that the new system fails, and never a write that may have run', async () => {
      failing = true;
      deepEqual([await ask('/a/1'), await ask('/a', post)], ['200 old 1', '500 new']);
      equal(asked.splice(0).length, 2);
    });

    it('SF-4 a write that never left goes on to the application, its body unread', async () => {
      end(billing);
      await once(billing, 'close');
      equal((await ask('/a', post)).slice(4), '{"pay":1}');
    });
  });
}
