import { deepEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryRolloutStore } from '#rendered/engines/memory/rollout-store.ts';
import { createStranglerProxy } from '#rendered/strangler-fig/strangler-proxy.ts';
import { createStrangler } from '#rendered/strangler-fig/strangler.ts';

/**
 * What a mirror in a proxy can get wrong: nginx lets a keep-alive connection wait for its mirrored request, so that a mirror of 300 ms makes every further request on
 * the connection 300 ms slower.
 */
describe('shadow latency over real sockets', () => {
  const requests = 320;
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const facade = async (candidate: RequestListener, maxConcurrent: number) => {
    const events: string[] = [];
    const built = createStranglerProxy({
      strangler: createStrangler({
        store: memoryRolloutStore(),
        rollouts: { a: { stage: 'shadow' } },
        onEvent: (event) => events.push(event.type),
      }),
      key: { header: 'x-user' },
      routes: [
        {
          path: '/*',
          rollout: 'a',
          old: await serve((_, res) => res.end('old')),
          new: await serve(candidate),
          shadow: { sample: 1, maxConcurrent, timeoutMs: 60_000 },
        },
      ],
    });
    closing.push(() => void built.close());
    const url = await serve(built.wrap((_, res) => res.end()));
    // One connection, kept: what an earlier request leaves behind would hold up the next.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    closing.push(() => agent.destroy());
    const ask = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const req = request(url, { agent }, (res) => {
          let text = '';
          res.on('data', (chunk) => (text += String(chunk)));
          res.on('end', () => resolve(`${res.statusCode} ${text}`));
        });
        req.on('error', reject).end();
      });
    return { strangler: built.strangler, ask, events };
  };

  it('SF-5 all answers come before the first candidate has answered: none of them waits', async () => {
    const waiting: ServerResponse[] = [];
    const { ask, strangler } = await facade((_, res) => void waiting.push(res), requests);
    const answers: string[] = [];
    for (let i = 0; i < requests; i++) answers.push(await ask());
    deepEqual(new Set(answers), new Set(['200 old']));
    while (waiting.length < requests) await new Promise((resolve) => setImmediate(resolve));
    equal(strangler.status('a').comparisons.match, 0);
    for (const res of waiting) res.end('old');
    while (strangler.status('a').comparisons.match < requests) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it('SF-5 against a candidate of 300 ms, what is over the limit is dropped and counted, and no answer is late', async () => {
    let most = 0;
    let running = 0;
    const { ask, strangler, events } = await facade((_, res) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running--;
        res.end('old');
      }, 300);
    }, 16);
    let before = 0;
    let answered = 0;
    for (let i = 0; i < requests; i++) {
      await ask();
      answered++;
      // The first candidates answer after 300 ms; what was answered until then waited for none of them.
      if (strangler.status('a').comparisons.match === 0) before = answered;
    }
    const total = (): number => {
      const { match, dropped } = strangler.status('a').comparisons;
      return match + dropped;
    };
    while (total() < requests) await new Promise((resolve) => setImmediate(resolve));
    ok(before > 16, `${before} answers came before the first candidate's`);
    equal(most, 16);
    equal(events.length, requests);
  });
});
