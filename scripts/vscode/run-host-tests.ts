// `npm run test:host`: the suites of test/host in a real VS Code. `-- single` runs one configuration, MOCHA_GREP some tests.
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchEditor, fetchServer } from './fetch.ts';
import type { Editor } from './fetch.ts';

const root = join(import.meta.dirname, '../..');
const artifacts = join(root, '.artifacts/host');

/** Each configuration opens a workspace of its own, made anew in a temporary folder. */
const configurations: Record<string, (dir: string) => Promise<string>> = {
  single: (dir) => copyShop(join(dir, 'shop')),
  multi: async (dir) => {
    await copyShop(join(dir, 'shop'));
    await cp(join(root, 'test/host/workspaces/monorepo'), join(dir, 'monorepo'), {
      recursive: true,
    });
    const file = join(dir, 'both.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: 'shop' }, { path: 'monorepo' }] }));
    return file;
  },
  untrusted: (dir) => copyShop(join(dir, 'shop')),
};

async function copyShop(to: string): Promise<string> {
  await cp(join(root, 'examples/shop'), to, {
    recursive: true,
    filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path),
  });
  return to;
}

/** One CommonJS file: an older desktop VS Code runs no TypeScript. */
async function bundleTests(): Promise<string> {
  const outfile = join(artifacts, 'tests.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/host/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

/** Runs one configuration; false when a test failed. */
async function runConfiguration(name: string, editor: Editor, tests: string): Promise<boolean> {
  const dir = await mkdtemp(join(tmpdir(), `patternsmith-host-`));
  try {
    const opened = await configurations[name]!(dir);
    // `runTests` hides what is about trust; the stand-in can show it again.
    const server = name === 'untrusted' && editor.kind === 'desktop' ? await fetchServer() : editor;
    await runTests({
      vscodeExecutablePath:
        server.kind === 'desktop' ? server.executable : join(root, 'test/host/code.ts'),
      extensionDevelopmentPath: root,
      extensionTestsPath: tests,
      launchArgs: [opened, `--user-data-dir=${join(dir, 'data')}`, '--disable-extensions'],
      extensionTestsEnv: {
        HOST_SUITE: name,
        HOST_ARTIFACTS: join(artifacts, name),
        HOST_WORKSPACE_TRUST: name === 'untrusted' ? 'on' : 'off',
        ...(server.kind === 'server' ? { VSCODE_SERVER_ROOT: server.root } : {}),
      },
    });
    return true;
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

await mkdir(artifacts, { recursive: true });
const wanted = process.argv.slice(2);
const names = Object.keys(configurations).filter(
  (name) => wanted.length === 0 || wanted.includes(name),
);
const editor = await fetchEditor();
const tests = await bundleTests();
const failed: string[] = [];
for (const name of names) {
  console.log(`\nVS Code with workspace "${name}"`);
  if (!(await runConfiguration(name, editor, tests))) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Host tests failed: ${failed.join(', ')}`);
  process.exit(1);
}
