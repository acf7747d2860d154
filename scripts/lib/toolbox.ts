import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The folder below which tools and editors are kept between runs. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'patternsmith');
}

/**
 * Installs npm packages once per user and set of versions, and returns the folder that holds their `node_modules`.
 * Two runs at once may both install; one of them wins.
 */
export async function toolbox(
  name: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<string> {
  const manifest = JSON.stringify({ private: true, dependencies }, null, 2);
  const hash = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), name, hash);
  if (existsSync(folder)) return folder;

  const temporary = `${folder}.${process.pid}`;
  await mkdir(temporary, { recursive: true });
  await writeFile(join(temporary, 'package.json'), manifest);
  console.error(`installing ${Object.keys(dependencies).length} packages into ${folder}, once`);
  try {
    // Peers are named one by one: the types of the oldest Node are wanted beside runners that would rather have newer ones.
    const args = ['install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
    const npm = await run('npm', args, { cwd: temporary });
    if (npm.code !== 0) throw new Error(`npm install failed in ${temporary}:\n${npm.output}`);
    await mkdir(dirname(folder), { recursive: true });
    await rename(temporary, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await dropOld(join(cacheFolder(), name), folder);
  return folder;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Removes sets of versions that are no longer asked for; younger ones may be in use by another checkout. */
async function dropOld(dir: string, current: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const folder = join(dir, name);
    // Gone already when another run tidies up as well.
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (folder !== current && Date.now() - mtimeMs > DAY_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

export interface Ran {
  /** Exit code; -1 when the process was ended by a signal. */
  readonly code: number;
  /** Standard output and error as they came. */
  readonly output: string;
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}
