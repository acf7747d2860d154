import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryRolloutStore } from '#rendered/engines/memory/rollout-store.ts';
import type { UpstreamOptions } from '#rendered/kernel/http-upstream.ts';
import { createStranglerProxy } from '#rendered/strangler-fig/strangler-proxy.ts';
import { createStrangler } from '#rendered/strangler-fig/strangler.ts';

describe('strangler facade in front of TLS', () => {
  const closing: (() => unknown)[] = [];
  let key: string;
  let cert: string;
  before(() => {
    const dir = mkdtempSync(join(tmpdir(), 'patternsmith-tls-'));
    const [keyFile, certFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
        ...['-keyout', keyFile, '-out', certFile],
      ],
      { stdio: 'pipe' },
    );
    [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')];
    rmSync(dir, { recursive: true });
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const listen = async (server: Server & { closeAllConnections(): void }): Promise<number> => {
    server.listen(0);
    await once(server, 'listening');
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  };

  /** A façade from an application that answers `old` to one that answers with what it was asked, over TLS. */
  const facade = async (upstream: UpstreamOptions) => {
    let connections = 0;
    const asked: string[] = [];
    const secure = createTlsServer({ key, cert }, (req, res) => {
      asked.push(
        `${req.method} ${req.headers.host?.split(':')[0]} ${req.headers['x-forwarded-proto']}`,
      );
      req.pipe(res);
    });
    secure.on('secureConnection', () => connections++);
    const built = createStranglerProxy({
      strangler: createStrangler({
        store: memoryRolloutStore(),
        rollouts: { a: { stage: 'new' } },
      }),
      key: { header: 'x-user' },
      routes: [
        { path: '/*', rollout: 'a', old: 'next', new: `https://localhost:${await listen(secure)}` },
      ],
      upstream,
    });
    closing.push(() => built.close());
    const port = await listen(
      createServer(
        built.wrap((req, res) => {
          res.write('old ');
          req.pipe(res);
        }),
      ),
    );
    const post = async (): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'pay' });
      return `${response.status} ${await response.text()}`;
    };
    return { post, asked, connections: () => connections };
  };

  it('asks over one kept connection, under the name of the server', async () => {
    const { post, asked, connections } = await facade({ tls: { ca: cert } });
    deepEqual([await post(), await post()], ['200 pay', '200 pay']);
    deepEqual(asked, ['POST localhost http', 'POST localhost http']);
    equal(connections(), 1);
  });

  it('SF-4 sends nothing to a server whose certificate is not trusted: the old side can do the write', async () => {
    const { post, asked } = await facade({});
    equal(await post(), '200 old pay');
    deepEqual(asked, []);
  });
});
