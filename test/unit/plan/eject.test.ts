/** A copy of a unit takes its place and changes nothing: what is planned with it is planned without it, to the byte. */
import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { applyToDisk, createEngine, diskFiles } from '../../../src/engine.ts';
import { makeProject, remove } from './support/disk.ts';

const templatesDir = join(import.meta.dirname, '../../../templates');
const { patterns, kernel, adapters } = await loadCatalog(templatesDir);

describe('eject', () => {
  const builtIn = createEngine({ templatesDir });
  let root = '';
  let copied: typeof builtIn;
  before(async () => {
    root = await makeProject();
    const files = diskFiles(root);
    const units = [
      ...patterns.keys(),
      ...[...kernel.keys()].map((id) => `kernel/${id}`),
      ...[...adapters.keys()].map((id) => `engines/${id}`),
    ];
    for (const unit of units) await applyToDisk(root, await builtIn.eject(unit, files, ''));
    const name = '.patternsmith/templates';
    copied = createEngine({ templatesDir, ownTemplates: [{ dir: join(root, name), name }] });
  });
  after(() => remove(root));

  it('takes every unit, and all of them pass the checks of own templates', async () => {
    const catalog = await copied.catalog();
    const isOwn = ({ own }: { readonly own?: string }) => own !== undefined;
    equal([...catalog.patterns.values()].every(isOwn), true);
    equal([...catalog.kernel.values()].every(isOwn), true);
    equal([...catalog.adapters.values()].every(isOwn), true);
    equal(catalog.patterns.size, patterns.size);
  });

  for (const { id, scaffold, engines } of patterns.values()) {
    if (scaffold === undefined) continue;
    for (const engine of engines) {
      it(`plans ${id} on ${engine} as before`, async () => {
        const request = { pattern: id, engine };
        const [own, built] = await Promise.all(
          [copied, builtIn].map((each) => each.plan(request, diskFiles(root))),
        );
        deepEqual(own, built);
        equal(own!.files.length > 0, true);
      });
    }
  }

  it('has no demo of a copy: it would run other code than the project gets', async () => {
    deepEqual((await copied.explanation('cache-aside')).demo, undefined);
    equal(
      (await copied.explanation('cache-aside')).markdown,
      (await builtIn.explanation('cache-aside')).markdown,
    );
  });
});
