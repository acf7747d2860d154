/** What is mounted in Koa, on Koa itself. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'mocha';
import { applyEdits } from '../../../src/wire/recorder.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { INSTANCES, contextOf } from '../../golden/wire-case.ts';

const SOURCE = `const Koa = require('koa');

const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  try {
    await next();
  } finally {
    log.push(ctx.path);
  }
});
app.use((ctx) => {
  if (ctx.path === '/own') ctx.body = 'Koa';
});
return app;
`;

type Next = (error?: Error) => void;

/** Answers what begins with /mine, fails on /broken, and leaves the rest. */
function facade(request: IncomingMessage, response: ServerResponse, next: Next): void {
  if (request.url === '/mine') response.end('facade');
  else if (request.url === '/mine-later') {
    setImmediate(() => response.writeHead(201).end('later'));
  } else if (request.url === '/broken') next(new Error('no'));
  else next();
}

/** The source with the recipe's edits; the import stands for the function above. */
function wiredSource(): string {
  const recipe = recipes.get('mount-facade');
  const instance = INSTANCES['mount-facade'];
  ok(recipe && instance);
  const file = { path: 'src/server.cjs', text: SOURCE };
  const outcome = recipe.wire({ file, symbol: undefined }, contextOf({}, instance));
  ok(outcome.status === 'wired', JSON.stringify(outcome));
  const text = applyEdits(SOURCE, outcome.edits);
  return text.replace(/^(?:import .*|const .*require\('\.\/patterns.*)$/m, '');
}

describe('a façade in Koa', () => {
  const log: string[] = [];
  let server: Server;
  let url: string;

  before(async () => {
    const make = new Function('require', 'log', 'invoicesFacade', wiredSource());
    const app = make(createRequire(import.meta.url), log, facade) as {
      listen(port: number): Server;
    };
    server = app.listen(0);
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const get = async (path: string) => {
    const response = await fetch(url + path);
    return { status: response.status, text: await response.text() };
  };

  it('answers what it takes', async () => {
    deepEqual(await get('/mine'), { status: 200, text: 'facade' });
    deepEqual(await get('/mine-later'), { status: 201, text: 'later' });
  });

  it('leaves the rest to Koa, which answers as without it', async () => {
    deepEqual(await get('/own'), { status: 200, text: 'Koa' });
    deepEqual(await get('/none'), { status: 404, text: 'Not Found' });
  });

  it('gives its errors to Koa', async () => {
    deepEqual(await get('/broken'), { status: 500, text: 'Internal Server Error' });
  });

  it('lets the middleware above it go on, whoever answers', async () => {
    log.length = 0;
    for (const path of ['/mine', '/own', '/broken']) await get(path);
    // The response may be here before the middleware above has gone on.
    while (log.length < 3) await new Promise((resolve) => setImmediate(resolve));
    equal(log.toSorted().join(), '/broken,/mine,/own');
  });
});
