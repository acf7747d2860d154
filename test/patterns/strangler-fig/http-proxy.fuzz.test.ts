import { deepEqual, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import fc from 'fast-check';
import { HttpProxy } from '#rendered/kernel/http-proxy.ts';
import { createUpstream } from '#rendered/kernel/http-upstream.ts';
import type { Upstream } from '#rendered/kernel/http-upstream.ts';

async function listen(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Sends pieces one after another, and resolves with all that came back when the connection has ended. */
async function exchange(port: number, pieces: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  let answer = '';
  socket.setEncoding('latin1').on('data', (data) => (answer += String(data)));
  socket.on('error', () => {});
  await once(socket, 'connect');
  for (const piece of pieces) {
    if (!socket.destroyed) socket.write(piece, 'latin1');
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!socket.closed) await once(socket, 'close');
  return answer;
}

/** Cuts a text at the given places, taken round its length. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, i) => text.slice(start, at[i] ?? text.length));
}

const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/);
const value = fc.stringMatching(/^([!-~\x80-\xff]([ -~\x80-\xff]{0,20}[!-~\x80-\xff])?)?$/);
const special = new Set([
  'connection',
  'content-length',
  'cookie',
  'date',
  'expect',
  'forwarded',
  'host',
  'http2-settings',
  'keep-alive',
  'location',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);
const header = fc.tuple(
  token.filter((name) => !special.has(name.toLowerCase())),
  value,
);
const headers = fc.array(header, { maxLength: 8 });
const body = fc.array(
  fc
    .uint8Array({ minLength: 1, maxLength: 300 })
    .map((bytes) => Buffer.from(bytes).toString('latin1')),
  { maxLength: 5 },
);
const segment = fc.stringMatching(/^[A-Za-z0-9!$&'()*+,:=@_~-]{1,10}$/);
const path = fc
  .tuple(fc.array(segment, { maxLength: 4 }), fc.option(fc.stringMatching(/^[!-~]{0,12}$/)))
  .map(
    ([segments, query]) =>
      `/${segments.join('/')}${query === null ? '' : `?${query.replaceAll('#', '')}`}`,
  );

const chunked = (parts: readonly string[]): string =>
  [...parts, ''].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');
const lines = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, text]) => `${name}: ${text}\r\n`).join('');
/** Header lists as the parsers of Node give them. */
const flat = (pairs: readonly (readonly [string, string])[]): string[] => pairs.flat();

describe('http proxy, fuzzed', () => {
  const servers: (Server | TcpServer)[] = [];
  const upstreams: Upstream[] = [];
  const own = async (server: Server | TcpServer): Promise<number> => {
    servers.push(server);
    return listen(server);
  };
  after(() => {
    for (const upstream of upstreams) upstream.close();
    for (const server of servers) {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    }
  });

  const front = async (origin: number, onRequest: (url: string) => void = () => {}) => {
    const proxy = new HttpProxy({ answerMs: 2_000 });
    const upstream = createUpstream(`http://127.0.0.1:${origin}`);
    upstreams.push(upstream);
    return own(
      createServer((req, res) => {
        onRequest(req.url ?? '');
        void proxy.forward({ req, res }, upstream);
      }),
    );
  };

  it('any request arrives as it was sent, however it is framed and cut: method, path, headers in order, body', async () => {
    interface Seen {
      readonly line: string;
      readonly headers: readonly string[];
      readonly body: string;
    }
    let seen: Seen | undefined;
    const origin = await own(
      createServer((req, res) => {
        const chunks: Buffer[] = [];
        req.on('data', (chunk: Buffer) => chunks.push(chunk));
        req.on('end', () => {
          const kept = req.rawHeaders.filter(
            (_, i) => !special.has(req.rawHeaders[i - (i % 2)]?.toLowerCase() ?? ''),
          );
          seen = {
            line: `${req.method} ${req.url}`,
            headers: kept,
            body: Buffer.concat(chunks).toString('latin1'),
          };
          res.end('ok');
        });
      }),
    );
    const port = await front(origin);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'),
        path,
        headers,
        body,
        fc.constantFrom('length', 'chunked'),
        fc.array(fc.nat(), { maxLength: 5 }),
        async (method, target, pairs, parts, framing, cuts) => {
          const frame =
            framing === 'chunked'
              ? 'Transfer-Encoding: chunked\r\n'
              : `Content-Length: ${parts.join('').length}\r\n`;
          const content = framing === 'chunked' ? chunked(parts) : parts.join('');
          const text = `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines(pairs)}${frame}\r\n${content}`;
          seen = undefined;
          const answer = await exchange(port, cut(text, cuts));
          ok(answer.startsWith('HTTP/1.1 200 OK\r\n'), answer);
          deepEqual(seen, {
            line: `${method} ${target}`,
            headers: flat(pairs),
            body: parts.join(''),
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('any answer arrives as it was given, however it is framed and cut: status, reason, headers in order, body', async () => {
    let reply: readonly string[] = [];
    const origin = await own(
      createTcpServer((socket: Socket) => {
        socket.setNoDelay().on('error', () => {});
        socket.once('data', () => {
          void (async () => {
            for (const piece of reply) {
              socket.write(piece, 'latin1');
              await new Promise((resolve) => setImmediate(resolve));
            }
            socket.end();
          })();
        });
      }),
    );
    const port = await front(origin);
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 200, max: 599 })
          .filter((status) => status !== 204 && status !== 304 && status !== 205),
        fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,12}[A-Za-z]$/),
        headers,
        body,
        fc.constantFrom('length', 'chunked', 'close'),
        fc.array(fc.nat(), { maxLength: 5 }),
        async (status, reason, pairs, parts, framing, cuts) => {
          const content = framing === 'chunked' ? chunked(parts) : parts.join('');
          const frame = {
            length: `Content-Length: ${content.length}\r\n`,
            chunked: 'Transfer-Encoding: chunked\r\n',
            close: '',
          }[framing];
          reply = cut(
            `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\n${lines(pairs)}${frame}\r\n${content}`,
            cuts,
          );
          const answer = await exchange(port, [
            'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
          ]);
          const [head = '', ...rest] = answer.split('\r\n\r\n');
          const [line, ...fields] = head.split('\r\n');
          const given = fields
            .map(
              (field) =>
                [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 2)] as const,
            )
            .filter(([name]) => !special.has(name.toLowerCase()));
          const isChunked = fields.some((field) => /^transfer-encoding: chunked$/i.test(field));
          const payload = rest.join('\r\n\r\n');
          deepEqual(
            [line, flat(given), isChunked ? unchunked(payload) : payload],
            [`HTTP/1.1 ${status} ${reason}`, flat(pairs), parts.join('')],
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('no bytes make the upstream see a request that this side has not seen', async () => {
    // One run's request may still be on its way in the next: they are told apart by number, and kept.
    const [here, there] = [new Set<string>(), new Set<string>()];
    let run = 0;
    const origin = await own(
      createServer((req, res) => {
        there.add(req.url ?? '');
        req.resume().on('end', () => res.end('ok'));
      }),
    );
    const port = await front(origin, (url) => here.add(url));
    // What both can read does arrive.
    await exchange(port, ['GET /plain HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n']);
    deepEqual([...there], ['/plain']);
    const framing = fc.constantFrom(
      'Content-Length: 5',
      'Content-Length: 0',
      'Content-Length: 05',
      'Content-Length: 5, 5',
      'Content-Length:5',
      'Content-Length : 5',
      'Content-Length: -1',
      'Content-Length: 0x5',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: Chunked',
      'Transfer-Encoding:\tchunked',
      'Transfer-Encoding: xchunked',
      'Transfer-Encoding: chunked, chunked',
      'Transfer-Encoding: identity',
      'Transfer-Encoding\r\n : chunked',
      'X: y\rTransfer-Encoding: chunked',
      'X: y\nTransfer-Encoding: chunked',
      'Connection: Transfer-Encoding, Content-Length',
      'Connection: close, Host',
      'Expect: 100-continue',
      'Upgrade: h2c',
    );
    const content = fc.constantFrom(
      '',
      'hello',
      '5\r\nhello\r\n0\r\n\r\n',
      '5;x=y\r\nhello\r\n0\r\n\r\n',
      '5\nhello\n0\n\n',
      '0\r\n\r\n',
      '0\r\nX: y\r\n\r\n',
      '00000000000000005\r\nhello\r\n0\r\n\r\n',
      'fffffffffffffffff\r\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST'),
        fc.array(framing, { maxLength: 3 }),
        content,
        fc.array(fc.nat(), { maxLength: 3 }),
        async (method, fields, text, cuts) => {
          run++;
          const first = `${method} /first-${run} HTTP/1.1\r\nHost: a\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n${text}`;
          const second = `GET /second-${run} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
          const socket = connect(port, '127.0.0.1').setNoDelay();
          socket.on('error', () => {}).resume();
          await once(socket, 'connect');
          for (const piece of cut(first + second, cuts)) {
            if (!socket.destroyed) socket.write(piece, 'latin1');
            await new Promise((resolve) => setImmediate(resolve));
          }
          await silence(socket);
          // What waits for more than there is would wait for ever.
          socket.destroy();
          const unknown = [...there].filter((url) => !here.has(url));
          deepEqual(unknown, []);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Resolves when the connection is closed, or nothing has come over it for a while. */
function silence(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 30);
    socket.on('data', () => timer.refresh());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    if (socket.closed) resolve();
  });
}

function unchunked(text: string): string {
  let rest = text;
  let out = '';
  for (;;) {
    const end = rest.indexOf('\r\n');
    const length = parseInt(rest.slice(0, end), 16);
    if (end < 0 || !(length > 0)) return out;
    out += rest.slice(end + 2, end + 2 + length);
    rest = rest.slice(end + 2 + length + 2);
  }
}
