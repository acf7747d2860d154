// `npm start`: an editor with the extension and a sample workspace. `-- --smoke`: headless, one scaffold by the palette, a screenshot, the end.
// `-- --browser` uses VS Code in the browser even where there is a desktop `code`.
import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { provision } from './provision.ts';
import { cacheFolder, fetchServer } from './vscode/fetch.ts';
import { quiet, startServer } from './vscode/server.ts';
import { smoke } from './vscode/smoke.ts';
import { workbenchAddress } from './vscode/workbench.ts';

const root = join(import.meta.dirname, '..');
const flag = (name: string) => process.argv.includes(`--${name}`);

function step(what: string, command: string, args: readonly string[], cwd = root): void {
  console.error(what);
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The sample, in a folder of the user's own: what is tried in it stays until it is deleted. */
async function sampleWorkspace(): Promise<string> {
  const folder = join(cacheFolder, 'workspace', 'shop');
  if (!existsSync(join(folder, 'package.json'))) {
    await mkdir(folder, { recursive: true });
    await cp(join(root, 'examples/shop'), folder, {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path),
    });
  }
  return folder;
}

function hasDesktopEditor(): boolean {
  const paths = (process.env['PATH'] ?? '').split(':').filter((path) => !path.startsWith(root));
  return paths.some((path) => existsSync(join(path, 'code')));
}

function openDesktop(folder: string): Promise<number> {
  console.log(`Opening VS Code on ${folder}`);
  const child = spawn('code', ['--wait', `--extensionDevelopmentPath=${root}`, folder], {
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

async function openInBrowser(folder: string): Promise<number> {
  const editor = await fetchServer();
  const server = await startServer({
    root: editor.root,
    userData: join(cacheFolder, 'user'),
    trusted: true,
    extension: root,
    settings: quiet,
    port: Number(process.env['PORT'] ?? 0),
  });
  const address = workbenchAddress(server, { folder });
  console.log(`\nVS Code with Patternsmith and the sample shop:\n\n  ${address}\n`);
  console.log('Open it in a browser, press F1 and type "Scaffold Pattern". Ctrl-C ends it.');
  const interrupted = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0));
  });
  const code = await Promise.race([interrupted, server.ended.then((ended) => ended ?? 1)]);
  await server.stop();
  return code;
}

async function main(): Promise<number> {
  step('Rendering the templates…', process.execPath, ['scripts/render.ts']);
  step('Building…', process.execPath, ['esbuild.mjs']);
  if (flag('smoke')) {
    provision(['Chromium']);
    return smoke();
  }
  const folder = await sampleWorkspace();
  if (!existsSync(join(folder, 'node_modules'))) {
    step('Installing the sample…', 'npm', ['install', '--no-audit', '--no-fund'], folder);
  }
  return !flag('browser') && hasDesktopEditor() ? openDesktop(folder) : openInBrowser(folder);
}

process.exitCode = await main();
