/**
 * Serves the built pattern page outside of the editor, under the same document and content security policy:
 * `node esbuild.mjs --only=page,demos && node scripts/page-preview.ts`, then
 * `http://127.0.0.1:PORT/?pattern=cache-aside&theme=dark&reduce-motion=1`.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { loadCatalog } from '../src/catalog/load.ts';
import { pageHtml } from '../src/page/html.ts';
import { pageData } from '../src/page/page-data.ts';
import type { PageData } from '../src/page/protocol.ts';
import { themes, type Theme } from './lib/themes.ts';

const root = join(import.meta.dirname, '..');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
};

export interface Preview {
  readonly url: string;
  close(): Promise<void>;
}

export async function startPreview(port = 0): Promise<Preview> {
  const catalog = await loadCatalog(join(root, 'templates'));
  const page = async (id: string): Promise<PageData | string> => {
    const pattern = catalog.patterns.get(id);
    if (!pattern) return `There is no pattern "${id}".`;
    const demo = `/dist/demos/${id}.mjs`;
    const markdown = await readFile(join(pattern.folder, 'page.md'), 'utf8').catch(() => '');
    return pageData(catalog, pattern, {
      markdown,
      demo: existsSync(join(root, demo)) ? demo : undefined,
      target: 'shop',
    });
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const answer =
      url.pathname === '/'
        ? page(url.searchParams.get('pattern') ?? 'cache-aside').then((shown) =>
            send(response, 'text/html', documentFor(url, shown)),
          )
        : sendFile(response, url.pathname);
    answer.catch((error: unknown) => send(response, 'text/plain', String(error), 500));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The editor's document, with a stand-in for the editor put before the page's script. */
function documentFor(url: URL, page: PageData | string): string {
  const theme = url.searchParams.get('theme') as Theme | null;
  const nonce = randomBytes(16).toString('base64');
  const data = JSON.stringify({
    theme: themes[theme ?? 'dark'],
    page,
    reduceMotion: url.searchParams.has('reduce-motion'),
  }).replaceAll('<', '\\u003c');
  const html = pageHtml({
    nonce,
    cspSource: url.origin,
    script: '/dist/page/page.js',
    style: '/dist/page/page.css',
    language: 'en',
  });
  return html.replace(
    '<div id="page">',
    `<script type="application/json" id="preview-data" nonce="${nonce}">${data}</script>
<script nonce="${nonce}" src="/preview-host.js"></script>
$&`,
  );
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const file =
    path === '/preview-host.js'
      ? join(root, 'scripts/lib/preview-host.js')
      : /^\/dist\/(page|demos)\/[\w.-]+$/.test(path)
        ? join(root, path)
        : undefined;
  if (!file || !existsSync(file)) return send(response, 'text/plain', 'not found', 404);
  send(response, types[extname(file)] ?? 'application/octet-stream', await readFile(file));
}

function send(response: ServerResponse, type: string, body: string | Buffer, status = 200): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

if (import.meta.main) {
  const { url } = await startPreview(Number(process.argv[2] ?? 0));
  console.log(`${url}?pattern=cache-aside&theme=dark`);
}
