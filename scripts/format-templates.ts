/**
 * Formats templates of generic code as check-rendered wants them: `npm run format:templates [-- templates/kernel/clock …]`. Instance templates are Handlebars and stay as they are.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { format } from 'prettier';
import { loadCatalog } from '../src/catalog/load.ts';

const root = join(import.meta.dirname, '..');
const under = process.argv.slice(2);
const { kernel, adapters, patterns } = await loadCatalog(join(root, 'templates'));
const units = [
  ...kernel.values(),
  ...adapters.values(),
  ...[...patterns.values()].map(({ folder, scaffold }) => ({
    folder,
    files: scaffold?.files ?? [],
  })),
];
for (const { folder, files } of units) {
  for (const { template, path, role } of files) {
    const file = join(folder, template);
    const name = relative(root, file);
    if (role !== 'source' && role !== 'test') continue;
    if (!path.endsWith('.ts') || (under.length > 0 && !under.some((dir) => name.startsWith(dir)))) {
      continue;
    }
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const formatted = await format(text, { filepath: path, singleQuote: true });
    if (formatted === text) continue;
    await writeFile(file, formatted);
    console.log(name);
  }
}
