/** What the extension costs the editor: loading and activating in a real VS Code; planning in the engine's bundle; the size of the package. */
import { runTests } from '@vscode/test-electron';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fetchEditor } from '../scripts/vscode/fetch.ts';
import type * as EngineBundle from '../src/engine.ts';
import type { Bench, Row } from './types.ts';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);

/**
 * Runs in the extension host. Loading is a first `require`; activating is the call that VS Code makes, timed on a second one after all of
 * the first was given back. What VS Code itself needs around them (messages between its processes) is not the extension's.
 */
const probe = (result: string): string => `
exports.run = async () => {
  const vscode = require('vscode');
  const extension = vscode.extensions.getExtension('patternsmith.patternsmith');
  if (extension.isActive) throw new Error('the extension was active before it was asked for');
  const started = performance.now();
  const main = require(extension.extensionPath + '/dist/extension.cjs');
  const loaded = performance.now();
  const { context } = await extension.activate();
  vscode.Disposable.from(...context.subscriptions.splice(0)).dispose();
  const before = performance.now();
  main.activate(context);
  const activateMs = performance.now() - before;
  require('node:fs').writeFileSync(${JSON.stringify(result)}, JSON.stringify({ ms: loaded - started + activateMs }));
};`;

async function activation(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'patternsmith-bench-'));
  try {
    const result = join(dir, 'result.json');
    const tests = join(dir, 'probe.cjs');
    await writeFile(tests, probe(result));
    const editor = await fetchEditor();
    const isServer = editor.kind !== 'desktop';
    await runTests({
      vscodeExecutablePath: isServer ? join(root, 'test/host/code.ts') : editor.executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: tests,
      launchArgs: [dir, `--user-data-dir=${join(dir, 'data')}`, '--disable-extensions'],
      extensionTestsEnv: isServer ? { VSCODE_SERVER_ROOT: editor.root, HOST_ARTIFACTS: dir } : {},
    });
    const { ms } = JSON.parse(await readFile(result, 'utf8')) as { ms: number };
    return ms;
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Milliseconds of the first plan in a process, of the next ones, and of planning what is there already. */
async function plans(): Promise<{ load: number; first: number; warm: number; again: number }> {
  const timed = async <T>(task: () => Promise<T> | T): Promise<[number, T]> => {
    const started = performance.now();
    const value = await task();
    return [performance.now() - started, value];
  };
  const bundle = join(root, 'dist/engine.cjs');
  const [load, engineModule] = await timed(
    () => createRequire(import.meta.url)(bundle) as typeof EngineBundle,
  );
  const { createEngine, diskFiles, applyToDisk } = engineModule;
  const dir = await mkdtemp(join(tmpdir(), 'patternsmith-bench-'));
  try {
    await cp(join(root, 'examples/shop'), dir, {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    const engine = createEngine({ templatesDir: join(root, 'templates') });
    const target = 'src/users/user-repository.ts:UserRepository.findById';
    const files = diskFiles(dir);
    const plan = () => engine.plan({ pattern: 'cache-aside', name: 'user', target }, files);
    const [first] = await timed(plan);
    const warm: number[] = [];
    for (let i = 0; i < 10; i++) warm.push((await timed(plan))[0]);
    await applyToDisk(dir, await plan());
    const again: number[] = [];
    for (let i = 0; i < 10; i++) again.push((await timed(plan))[0]);
    return { load, first, warm: median(warm), again: median(again) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function packageSize(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'patternsmith-bench-'));
  try {
    const file = join(dir, 'patternsmith.vsix');
    await run(process.execPath, [join(root, 'scripts/package.ts'), '--out', file]);
    return (await stat(file)).size;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** An absolute figure with its aim: the ratio says how much of it is used. */
const against = (name: string, value: number, unit: string, aim: number): Row => ({
  name: `${name} (aim: ${aim} ${unit})`,
  value,
  unit,
  ratio: value / aim,
});

export const bench: Bench = {
  id: 'editor',
  title: 'What the extension costs; ratio to its aim (below 1 is better)',
  async run() {
    const { load, first, warm, again } = await plans();
    return [
      against('load and activate in VS Code', await activation(), 'ms', 20),
      { name: 'load the engine, once', value: load, unit: 'ms' },
      { name: 'first plan in a process', value: first, unit: 'ms' },
      against('plan, warm', warm, 'ms', 50),
      against('plan again what is there', again, 'ms', 50),
      against('package', (await packageSize()) / 1024 / 1024, 'MB', 3),
    ];
  },
};
