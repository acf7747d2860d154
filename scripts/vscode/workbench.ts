import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import type { RunningServer } from './server.ts';

/** What the workbench is opened with. Paths are absolute. */
export interface WorkbenchOptions {
  readonly folder?: string;
  /** A `.code-workspace` file. */
  readonly workspace?: string;
  /** Folder of the extension under development. */
  readonly extension?: string;
  /** Module whose `run()` VS Code's test driver calls in the extension host. */
  readonly tests?: string;
}

/** Address of the workbench in a server. */
export function workbenchAddress(server: RunningServer, options: WorkbenchOptions): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(options.extension ? [['extensionDevelopmentPath', remote(options.extension)]] : []),
    ...(options.tests ? [['extensionTestsPath', remote(options.tests)]] : []),
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (options.folder) query.set('folder', options.folder);
  if (options.workspace) query.set('workspace', options.workspace);
  return `${server.address}?${query}`;
}

const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Path of the system's Chromium, or of the one that `CHROMIUM` names. */
export function findChromium(): string | undefined {
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** Headless Chromium of the system. It calls nobody but the workbench. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error(
      'There is no Chromium. Install it (Debian: apt-get install chromium) or name it in CHROMIUM.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  });
}
