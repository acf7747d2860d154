#!/usr/bin/env node
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, codeCache, LOADER } from './cli/code-cache.ts';
import { processIo } from './cli/io.ts';
import { main } from './cli/main.ts';

const folder = cacheFolder();
const cache = folder === undefined ? undefined : codeCache(folder);
if (cache) Object.assign(globalThis, { [LOADER]: cache.load });

// `src/cli.ts` in a checkout and `dist/cli.cjs` in a release stand at the same depth.
const home = join(dirname(realpathSync(process.argv[1]!)), '..');
const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
  version: string;
};

// Who reads the output may have read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => interrupted.abort());
}

void main(
  process.argv.slice(2),
  processIo(),
  { templatesDir: join(home, 'templates'), demosDir: join(home, 'dist', 'demos'), version },
  interrupted.signal,
).then((code) => {
  process.exitCode = code;
  cache?.save();
});
