/**
 * The generated strangler facade, as a proxy, against http-proxy-middleware and @fastify/http-proxy: the same requests to the same server behind, each proxy in a process
 * of its own, in turns. CPU time per request is the figure that a busy machine disturbs least.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastifyProxy from '@fastify/http-proxy';
import fastify from 'fastify';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { Pool } from 'undici';
import { memoryRolloutStore } from '../.rendered/engines/memory/rollout-store.ts';
import { createStranglerProxy } from '../.rendered/strangler-fig/strangler-proxy.ts';
import { createStrangler } from '../.rendered/strangler-fig/strangler.ts';
import type { Bench, Row } from './types.ts';

const concurrency = 32;
const rounds = 30;
const roundMs = 150;
/** Until the code of each is compiled: undici and node:http get there at different times. */
const warmUpRequests = 5_000;

const listen = async (server: ReturnType<typeof createServer>): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Each starts a server before `origin` and resolves with its port. */
const servers: Record<string, (origin: string) => Promise<number>> = {
  /** What stands behind: a kibibyte for a GET, an echo for what has a body. */
  origin: () => {
    const answer = Buffer.alloc(1_024, 'x');
    return listen(
      createServer((req, res) => {
        res.setHeader('content-type', 'text/plain');
        if (req.method === 'GET') res.end(answer);
        else req.pipe(res);
      }),
    );
  },
  'strangler facade, canary at 50 %': (origin) => {
    const facade = createStranglerProxy({
      strangler: createStrangler({
        store: memoryRolloutStore(),
        rollouts: { a: { stage: 'canary', percent: 50 } },
      }),
      key: { header: 'x-user-id' },
      routes: [{ path: '/*', rollout: 'a', old: origin, new: `${origin}/` }],
    });
    return listen(createServer(facade.wrap((_, res) => res.end())));
  },
  'http-proxy-middleware': (target) => {
    const proxy = createProxyMiddleware({ target, agent: new Agent({ keepAlive: true }) });
    return listen(createServer((req, res) => void proxy(req, res, () => res.end())));
  },
  '@fastify/http-proxy': async (upstream) => {
    const app = fastify();
    await app.register(fastifyProxy, { upstream });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return (app.server.address() as AddressInfo).port;
  },
};

const ours = 'strangler facade, canary at 50 %';
const peers = ['http-proxy-middleware', '@fastify/http-proxy'];

if (process.send !== undefined && process.argv[2] === 'serve') {
  const [, , , name = '', origin = ''] = process.argv;
  const port = await servers[name]?.(origin);
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.send({ port });
}

interface Proxy {
  readonly child: ChildProcess;
  readonly pool: Pool;
  readonly url: string;
  cpuMicros(): Promise<number>;
}

async function start(name: string, origin: string): Promise<Proxy> {
  const child = fork(import.meta.filename, ['serve', name, origin]);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const url = `http://127.0.0.1:${port}`;
  return {
    child,
    url,
    pool: new Pool(url, { connections: concurrency }),
    async cpuMicros() {
      child.send('cpu');
      const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
      return user + system;
    },
  };
}

interface Measured {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly cpuMicros: number;
}

/** Until `isOver`, which is asked with the number of requests so far. */
async function measure(
  { pool, cpuMicros }: Proxy,
  isOver: (requests: number) => boolean,
  body?: Buffer,
): Promise<Measured> {
  const latencies: number[] = [];
  const cpuBefore = await cpuMicros();
  const startedAt = performance.now();
  let user = 0;
  const client = async (): Promise<void> => {
    while (!isOver(user)) {
      const sentAt = performance.now();
      const reply = await pool.request({
        path: '/invoices/1?page=2',
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'x-user-id': `user-${user++ % 1_000}`, accept: 'text/plain' },
        ...(body === undefined ? {} : { body }),
      });
      const bytes = (await reply.body.arrayBuffer()).byteLength;
      if (reply.statusCode !== 200 || bytes !== (body?.length ?? 1_024)) {
        throw new Error(`answered ${reply.statusCode} with ${bytes} bytes`);
      }
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  const seconds = (performance.now() - startedAt) / 1_000;
  latencies.sort((a, b) => a - b);
  return {
    perSecond: latencies.length / seconds,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    cpuMicros: ((await cpuMicros()) - cpuBefore) / latencies.length,
  };
}

/** The median of the rounds, figure by figure: the machine may be busy with other things in some of them. */
function typical(all: readonly Measured[]): Measured {
  const median = (of: (one: Measured) => number): number =>
    all.map(of).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
  return {
    perSecond: median(({ perSecond }) => perSecond),
    p99Ms: median(({ p99Ms }) => p99Ms),
    cpuMicros: median(({ cpuMicros }) => cpuMicros),
  };
}

type Figure = keyof Measured;

/**
 * The median over the rounds of what one proxy does in a round to what a peer does in the same: what the machine is busy with besides
 * weighs on both. Of the peers the better counts.
 */
function ratioOf(
  figure: Figure,
  name: string,
  results: ReadonlyMap<string, readonly Measured[]>,
): number {
  const mine = results.get(name) ?? [];
  const ratios = peers.map((peer) => {
    const theirs = results.get(peer) ?? [];
    const paired = mine.map((one, i) => one[figure] / (theirs[i]?.[figure] ?? NaN));
    return paired.sort((a, b) => a - b)[Math.floor(paired.length / 2)] ?? NaN;
  });
  return figure === 'perSecond' ? Math.min(...ratios) : Math.max(...ratios);
}

function rows(what: string, results: ReadonlyMap<string, readonly Measured[]>): Row[] {
  return [...results].flatMap(([name, all]) => {
    const { perSecond, p99Ms, cpuMicros } = typical(all);
    const ratio = (figure: Figure): number => ratioOf(figure, name, results);
    return [
      {
        name: `${what}, ${name}`,
        value: perSecond,
        unit: 'requests/s',
        ratio: ratio('perSecond'),
      },
      { name: `${what}, ${name}: p99`, value: p99Ms, unit: 'ms', ratio: ratio('p99Ms') },
      {
        name: `${what}, ${name}: CPU per request`,
        value: cpuMicros,
        unit: 'µs',
        ratio: ratio('cpuMicros'),
      },
    ];
  });
}

async function run(): Promise<readonly Row[]> {
  const origin = await start('origin', '');
  const proxies = new Map<string, Proxy>([['direct', origin]]);
  for (const name of [ours, ...peers]) proxies.set(name, await start(name, origin.url));
  const found: Row[] = [];
  for (const [what, body] of [
    ['GET of 1 KiB', undefined],
    ['POST of 16 KiB', Buffer.alloc(16_384, 'y')],
  ] as const) {
    const measured = new Map<string, Measured[]>();
    for (const proxy of proxies.values()) {
      await measure(proxy, (requests) => requests >= warmUpRequests, body);
    }
    for (let round = 0; round < rounds; round++) {
      for (const [name, proxy] of proxies) {
        const endsAt = performance.now() + roundMs;
        const result = await measure(proxy, () => performance.now() >= endsAt, body);
        measured.set(name, [...(measured.get(name) ?? []), result]);
      }
    }
    found.push(...rows(what, measured));
  }
  for (const { pool, child } of proxies.values()) {
    await pool.destroy();
    child.kill();
  }
  return found;
}

export const bench: Bench = {
  id: 'proxy',
  title: `Proxies, ${concurrency} requests at a time; ratio to the better of http-proxy-middleware and @fastify/http-proxy`,
  run,
};
