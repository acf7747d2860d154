/**
 * Writes every module, adapter, pattern and a default instance per pattern and engine into `.rendered/`, as Node runs it by type stripping and mocha tests it.
 * Files that have not changed are not touched; files whose template is gone are removed.
 */
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { loadCatalog } from '../src/catalog/load.ts';
import { CANONICAL_STYLE } from '../src/plan/style.ts';
import { renderCatalog } from './lib/rendering.ts';

const root = join(import.meta.dirname, '..');
const output = join(root, '.rendered');
const started = performance.now();

const catalog = await loadCatalog(join(root, 'templates'));
const { files, errors } = await renderCatalog(catalog, {
  importExtension: '.ts',
  testRunner: 'mocha',
  testDir: undefined,
  testSuffix: '.test.ts',
  style: CANONICAL_STYLE,
  out: '',
});
const written = (await Promise.all(files.map(({ path, text }) => writeChanged(path, text)))).filter(
  Boolean,
).length;
const removed = errors.length > 0 ? 0 : await removeOthers(new Set(files.map(({ path }) => path)));

for (const error of errors) console.error(error.message);
console.error(
  `rendered ${files.length} files, ${written} changed, ${removed} removed, in ${Math.round(performance.now() - started)} ms`,
);
process.exitCode = errors.length > 0 ? 1 : 0;

async function writeChanged(path: string, text: string): Promise<boolean> {
  const file = join(output, path);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return false;
  await mkdir(dirname(file), { recursive: true });
  // Two runs at once must not show each other half a file.
  const temporary = join(dirname(file), `.${process.pid}-${basename(file)}`);
  await writeFile(temporary, text);
  await rename(temporary, file);
  return true;
}

async function removeOthers(wanted: ReadonlySet<string>): Promise<number> {
  const present = await readdir(output, { recursive: true, withFileTypes: true }).catch(() => []);
  const stale = present
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !wanted.has(file.slice(output.length + 1).replaceAll('\\', '/')));
  await Promise.all(stale.map((file) => rm(file, { force: true })));
  return stale.length;
}
