import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '../../../src/catalog/load.ts';
import type { Catalog, Pattern } from '../../../src/catalog/types.ts';
import { listItems, sections, tableRows } from '../../../src/page/markdown.ts';
import { pageData } from '../../../src/page/page-data.ts';
import { isHostToPage } from '../../../src/page/protocol.ts';

const templates = join(import.meta.dirname, '../../../templates');
const titles = [
  'Use it when',
  'Look elsewhere when',
  'Trade-offs',
  'Guarantees',
  'Failure modes',
  'Engines',
  'How the code works',
  'Common mistakes',
  'Sources',
];

/** docs/adding-a-pattern.md, "The page". */
function check(catalog: Catalog, pattern: Pattern): void {
  const text = readFileSync(join(pattern.folder, 'page.md'), 'utf8');
  const all = sections(text);
  const body = (title: string): string => all.find((it) => it.title === title)?.body ?? '';
  deepEqual(
    all.map((it) => it.title),
    titles,
  );
  equal(text.trimStart().startsWith('## '), true, 'text before the first section is not shown');

  for (const title of ['Use it when', 'Look elsewhere when', 'Common mistakes', 'Sources']) {
    ok(listItems(body(title)).length > 0, `${title} is a list`);
  }
  const [head, ...rows] = tableRows(body('Trade-offs')).map((row) => row.map((cell) => cell.text));
  deepEqual(head, ['Quality', 'Effect', 'Because']);
  for (const [quality, effect] of rows) match(effect ?? '', /^[+−=]$/, `effect of ${quality}`);
  deepEqual(
    tableRows(body('Failure modes'))[0]?.map((cell) => cell.text),
    ['What happens', 'What you see', 'What the code does'],
  );
  const ids = listItems(body('Guarantees')).map(
    (item) => /^<strong>([A-Z]+-?\d+)<\/strong> .*\.$/.exec(item.html)?.[1],
  );
  ok(ids.length > 0 && ids.every((id) => id !== undefined), 'guarantees are **ID** sentences');
  equal(new Set(ids).size, ids.length, 'guarantees have ids of their own');
  for (const source of listItems(body('Sources'))) match(source.html, /href="https:/);

  const data = pageData(catalog, pattern, { markdown: text });
  ok(isHostToPage({ type: 'show', page: data }));
  const columns = data.engines.map((engine) => Object.keys(engine.facts).sort());
  for (const other of columns) deepEqual(other, columns[0], 'engines tell the same facts');
}

const catalog = await loadCatalog(templates);

describe('pages of the patterns', () => {
  for (const pattern of catalog.patterns.values()) {
    if (pattern.scaffold === undefined) continue;
    it(`${pattern.id}: every section in its form`, () => check(catalog, pattern));
    it(`${pattern.id} has a demo`, () => ok(existsSync(join(pattern.folder, 'demo.ts'))));
  }
});
