/** A project's own templates over those that came with the product: what is taken, and what is refused, whole and in words. */
import { deepEqual, equal } from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { present } from '../../../src/catalog/own.ts';
import { catalogWith } from '../../../src/plan/own-catalog.ts';
import { makeProject, remove, writeTexts } from '../plan/support/disk.ts';
import { TEMPLATES } from '../plan/support/engine.ts';
import { AUDIT, auditLog, ownFiles, scaffoldWith } from './support/own.ts';

const NAME = '.patternsmith/templates';
describe('own templates', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject({});
  });
  afterEach(() => remove(root));

  const at = (...path: string[]) => join(root, NAME, ...path);
  const load = () => catalogWith(TEMPLATES, [{ dir: at(), name: NAME }]);

  it('are looked for with one stat a folder, and none are there', async () => {
    const places = [root, root, join(root, 'packages/a')].map((dir) => ({
      dir: join(dir, NAME),
      name: NAME,
    }));
    deepEqual(await present(places), []);
    await mkdir(at(), { recursive: true });
    deepEqual(await present(places), [{ dir: at(), name: NAME }]);
    await rm(at(), { recursive: true });
    await writeFile(at(), 'a file');
    deepEqual(await present(places), []);
  });

  it('that are empty change nothing', async () => {
    await mkdir(at(), { recursive: true });
    deepEqual(await load(), await loadCatalog(TEMPLATES));
  });

  it('add a pattern, sorted among the others, with the engines that have its ports', async () => {
    await writeTexts(root, auditLog());
    const { patterns } = await load();
    const added = patterns.get('audit-log');
    deepEqual(added?.engines, ['memory', 'shelf']);
    deepEqual(
      [added?.folder, added?.own],
      [at('patterns/audit-log'), `${NAME}/patterns/audit-log`],
    );
    deepEqual([...patterns.keys()], [...patterns.keys()].sort());
    equal(patterns.get('sample')?.own, undefined);
  });

  it('take the place of whole units: a pattern, a kernel module, an adapter', async () => {
    const built = await loadCatalog(TEMPLATES);
    const label = { ...built.kernel.get('label'), folder: undefined };
    const box = { ...built.adapters.get('memory/box'), folder: undefined };
    await writeTexts(root, {
      ...ownFiles('patterns/second', {
        'pattern.json': { ...AUDIT, id: 'second', title: 'Ours', scaffold: undefined },
      }),
      ...ownFiles('kernel/label', {
        'module.json': { ...label, version: '1.1.0' },
        'label.ts.hbs': 'export const label = String;\n',
      }),
      ...ownFiles('engines/memory', {
        'box.json': { ...box, version: '2.0.0' },
        'box.ts.hbs': 'export const memoryBox = Map;\n',
      }),
    });
    const { patterns, kernel, adapters, engines } = await load();
    deepEqual([patterns.get('second')?.title, patterns.get('second')?.engines], ['Ours', []]);
    deepEqual(
      [kernel.get('label')?.version, kernel.get('label')?.own],
      ['1.1.0', `${NAME}/kernel/label`],
    );
    equal(adapters.get('memory/box')?.folder, at('engines/memory'));
    equal(adapters.get('shelf/box')?.own, undefined);
    equal(engines.get('memory')?.embedded, true);
    equal(patterns.size, built.patterns.size);
  });

  it('nearer to the package win over those farther from it', async () => {
    const inner = join(root, 'packages/a');
    await writeTexts(root, auditLog());
    await writeTexts(inner, auditLog({ ...AUDIT, version: '0.2.0' }));
    const own = [root, inner].map((dir) => ({ dir: join(dir, NAME), name: NAME }));
    equal((await catalogWith(TEMPLATES, own)).patterns.get('audit-log')?.version, '0.2.0');
  });

  it('may bring an engine, and a port, and what the pattern puts together of them', async () => {
    const file = (name: string, path: string) => ({
      template: `${name}.ts.hbs`,
      path: `${path}/${name}.ts`,
      role: 'source',
    });
    await writeTexts(root, {
      ...ownFiles('kernel/ledger', {
        'module.json': {
          id: 'ledger',
          version: '0.1.0',
          intent: 'A port.',
          requires: [],
          files: [file('ledger', 'kernel')],
        },
        'ledger.ts.hbs': 'export interface Ledger {}\n',
      }),
      ...ownFiles('engines/paper', {
        'engine.json': { id: 'paper', title: 'Paper', embedded: true, detectedBy: [] },
        'ledger.json': {
          engine: 'paper',
          port: 'ledger',
          version: '0.1.0',
          requires: ['ledger'],
          dependencies: {},
          symbol: 'paperLedger',
          create: 'paperLedger({ days: {{options.days}} })',
          facts: {},
          files: [file('ledger', 'engines/paper')],
        },
        'ledger.ts.hbs': 'export const paperLedger = () => ({});\n',
      }),
      ...auditLog(scaffoldWith({ ports: ['ledger'] })),
    });
    const { patterns } = await load();
    deepEqual(patterns.get('audit-log')?.engines, ['paper']);
  });

  it('may loop over a list of facts, with its index', async () => {
    const wiring = [
      { ...AUDIT.scaffold.wiring[0], params: { facts: { keyType: ['a', 'b'], valueType: 'x' } } },
    ];
    const text = '{{#each wire.keyType}}{{@index}}{{this}}{{else}}none{{/each}}\n';
    await writeTexts(root, auditLog(scaffoldWith({ wiring }), { 'instance/audit.ts.hbs': text }));
    equal((await load()).patterns.has('audit-log'), true);
  });

  it('name any fact in a file that is made only with facts of a target', async () => {
    const files = [AUDIT.scaffold.files[0], { ...AUDIT.scaffold.files[1], when: ['wire.entity'] }];
    await writeTexts(
      root,
      auditLog(scaffoldWith({ files }), { 'instance/audit.ts.hbs': '{{wire.entity}}\n' }),
    );
    equal((await load()).patterns.has('audit-log'), true);
  });

  it('follow a link that stays in the folder of the unit', async () => {
    await writeTexts(root, auditLog(AUDIT, { 'src/other.ts.hbs': 'export const other = 1;\n' }));
    await rm(at('patterns/audit-log/src/audit-log.ts.hbs'));
    await symlink('other.ts.hbs', at('patterns/audit-log/src/audit-log.ts.hbs'));
    equal((await load()).patterns.has('audit-log'), true);
  });

  it('may stand beside what is none of them: notes, hidden folders', async () => {
    await writeTexts(root, {
      ...auditLog(),
      [`${NAME}/README.md`]: 'Ours.\n',
      [`${NAME}/.cache/x.json`]: 'no JSON',
      [`${NAME}/patterns/NOTES.md`]: 'Ours.\n',
    });
    equal((await load()).patterns.has('audit-log'), true);
  });

  it('leave what came with the product unread by their rules: it is read as before', async () => {
    await writeTexts(root, auditLog());
    const merged = await load();
    for (const [id, pattern] of (await loadCatalog(TEMPLATES)).patterns) {
      deepEqual(merged.patterns.get(id), pattern);
    }
    equal(
      await readFile(at('patterns/audit-log/page.md'), 'utf8').then((text) => text.length > 0),
      true,
    );
  });
});
