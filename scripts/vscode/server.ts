import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface ServerOptions {
  /** Folder of VS Code's server. */
  readonly root: string;
  /** Default: a new folder, removed at the end. */
  readonly userData?: string;
  /** Folders are trusted without a question. */
  readonly trusted: boolean;
  /** The extension host runs tests that the page's payload names. VS Code then shows no notification toasts. */
  readonly testDriver?: boolean;
  /** Folder of an extension to install, by a link: as a user has it, notifications included. */
  readonly extension?: string;
  /** Port on loopback; 0 or left out: any free one. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Settings of the machine, over VS Code's defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>/`. */
  readonly address: string;
  /** Settles when the server ends by itself. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Nothing in the window that is not about the workspace. */
export const quiet = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'remote.autoForwardPorts': false,
  'workbench.startupEditor': 'none',
};

/** Starts VS Code's server on loopback. Throws when it ends before it listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'patternsmith-vscode-')));
  const port = options.port || (await freePort());
  const settings = join(userData, 'Machine/settings.json');
  await mkdir(dirname(settings), { recursive: true });
  await writeFile(settings, JSON.stringify(options.settings ?? {}));
  if (options.extension) await linkExtension(options.extension, join(userData, 'extensions'));
  const args = [
    join(options.root, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...['--without-connection-token', '--accept-server-license-terms', '--disable-telemetry'],
    // Only with this does a built VS Code run the tests that the page's payload names.
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ...(options.trusted ? ['--disable-workspace-trust'] : []),
    ...['--user-data-dir', userData, '--server-data-dir', join(userData, 'server')],
    ...['--extensions-dir', join(userData, 'extensions')],
  ];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += String(chunk);
      if (output.includes('listening on')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) =>
      reject(new Error(`VS Code's server ended with ${code} before it listened:\n${output}`)),
    );
  });
  return {
    port,
    address: `http://127.0.0.1:${port}/`,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      if (options.userData === undefined) {
        await rm(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    },
  };
}

/** The server takes each folder in its extensions' folder for an extension; the name is of no importance. */
async function linkExtension(extension: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const link = join(to, 'patternsmith');
  await rm(link, { force: true });
  await symlink(extension, link, 'dir');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
