// `npm run package`: the extension as a `.vsix`, built for production. `-- --out FILE` names the file.
import { createVSIX } from '@vscode/vsce';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');

function outputFile(): string {
  const at = process.argv.indexOf('--out');
  const named = at > 0 ? process.argv[at + 1] : undefined;
  if (named !== undefined) return resolve(named);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return join(root, `patternsmith-${version}.vsix`);
}

for (const args of [['scripts/render.ts'], ['esbuild.mjs', '--production']]) {
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
}
const packagePath = outputFile();
mkdirSync(dirname(packagePath), { recursive: true });
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(packagePath);
