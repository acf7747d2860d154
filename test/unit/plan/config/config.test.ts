import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { applyToDisk, diskFiles } from '../../../../src/engine.ts';
import type { ScaffoldRequest } from '../../../../src/plan/types.ts';
import { Catalogue } from '../support/catalogue.ts';
import { makeProject, PROJECT, remove, type Texts, treeOf } from '../support/disk.ts';
import { addTo, changesOf, planIn, removeFrom, switchIn } from '../support/engine.ts';

const COMPOSE = `services:
  db:
    image: postgres:17

  app:
    build: .
    ports: ["3000:3000"]

volumes:
  data: {}
`;
const WITH_CONFIG: Texts = {
  ...PROJECT,
  '.env.example': '# Settings\nPORT=3000\n',
  'compose.yaml': COMPOSE,
};
const SHELF: ScaffoldRequest = { pattern: 'sample', engine: 'shelf' };

describe("entries in the project's configuration", () => {
  let root = '';
  const open = async (texts: Texts = WITH_CONFIG): Promise<void> => {
    root = await makeProject(texts);
  };
  afterEach(() => remove(root));

  const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
  const edit = async (path: string, change: (text: string) => string): Promise<void> =>
    writeFile(join(root, path), change(await text(path)));

  it("are put in for the instance's engine, and told", async () => {
    await open();
    const plan = await addTo(root, SHELF);
    equal(await text('.env.example'), '# Settings\nPORT=3000\nSHELF_URL=shelf://127.0.0.1:7000\n');
    equal(
      await text('compose.yaml'),
      COMPOSE.replace(
        '\nvolumes',
        '\n  shelf:\n    image: shelf:3\n    ports:\n      - "127.0.0.1:7000:7000"\n\nvolumes',
      ),
    );
    deepEqual(
      plan.wiring.map(({ file, status, summary }) => [file, status, summary]),
      [
        ['.env.example', 'wired', 'the variable SHELF_URL'],
        ['compose.yaml', 'wired', 'the service shelf'],
      ],
    );
    deepEqual(plan.warnings, [
      'compose.yaml:5: what runs in the service app finds shelf by its name; add: SHELF_URL: shelf://shelf:7000',
    ]);
  });

  it('a second run plans nothing', async () => {
    await open();
    await addTo(root, SHELF);
    deepEqual(changesOf(await planIn(root, SHELF)), []);
  });

  it('are put into files that are there; none is created, and .env is not touched', async () => {
    await open({ ...PROJECT, '.env': 'SECRET=1\n' });
    const plan = await addTo(root, SHELF);
    equal(await text('.env'), 'SECRET=1\n');
    const paths = Object.keys(await treeOf(root));
    deepEqual(
      paths.filter((path) => /compose|\.env/.test(path)),
      ['.env'],
    );
    deepEqual(plan.wiring, []);
  });

  it('go with the last instance that wants them, and every byte is as it was', async () => {
    await open();
    const before = await treeOf(root);
    await addTo(root, SHELF);
    await addTo(root, { ...SHELF, name: 'other' });
    const plan = await removeFrom(root, 'sample/thing');
    match(await text('.env.example'), /SHELF_URL/);
    match(await text('compose.yaml'), /shelf:3/);
    deepEqual(plan.wiring, []);
    const last = await removeFrom(root, 'sample/other');
    deepEqual(await treeOf(root), before);
    deepEqual(
      last.wiring.map(({ file, status, summary }) => [file, status, summary]),
      [
        ['.env.example', 'unwired', 'the variable SHELF_URL'],
        ['compose.yaml', 'unwired', 'the service shelf'],
      ],
    );
  });

  it('change with the engine, there and back', async () => {
    await open();
    await addTo(root, { pattern: 'sample' });
    const before = await treeOf(root);
    await switchIn(root, 'sample/thing', 'shelf');
    match(await text('.env.example'), /SHELF_URL/);
    match(await text('compose.yaml'), /shelf:3/);
    await switchIn(root, 'sample/thing', 'memory');
    deepEqual(await treeOf(root), before);
  });

  it('that were there before stay', async () => {
    await open({
      ...WITH_CONFIG,
      '.env.example': '# SHELF_URL=\n',
      'compose.yaml': 'services:\n  store:\n    image: quay.io/shelf-ng:1\n',
    });
    const before = await treeOf(root);
    const plan = await addTo(root, SHELF);
    deepEqual(
      plan.wiring.map(({ file, status }) => [file, status]),
      [
        ['.env.example', 'already'],
        ['compose.yaml', 'already'],
      ],
    );
    await removeFrom(root, 'sample/thing');
    deepEqual(await treeOf(root), before);
  });

  it('that the user took out are not put in again', async () => {
    await open();
    await addTo(root, SHELF);
    await edit('compose.yaml', () => COMPOSE);
    deepEqual(changesOf(await planIn(root, SHELF)), []);
    await addTo(root, { ...SHELF, name: 'other' });
    equal(await text('compose.yaml'), COMPOSE);
    await removeFrom(root, 'sample/thing');
    await removeFrom(root, 'sample/other');
    equal(await text('compose.yaml'), COMPOSE);
  });

  it('that the user changed stay, and are told of', async () => {
    await open();
    await addTo(root, SHELF);
    await edit('.env.example', (all) => all.replace('127.0.0.1', 'shelf.internal'));
    await edit('compose.yaml', (all) =>
      all.replace('7000:7000"\n', '7000:7000"\n    volumes: [data:/data]\n'),
    );
    const { warnings } = await removeFrom(root, 'sample/thing');
    match(await text('.env.example'), /shelf\.internal/);
    match(await text('compose.yaml'), /shelf:3/);
    deepEqual(warnings, [
      '.env.example: the variable SHELF_URL was changed by hand and stays.',
      'compose.yaml: the service shelf was changed by hand and stays.',
    ]);
  });

  it('are taken out of files that have changed around them', async () => {
    await open();
    await addTo(root, SHELF);
    const around = (all: string): string =>
      `# Mine.\n${all.replace('PORT=3000', 'PORT=80').replace('\nvolumes', '  more:\n    image: more\n\nvolumes')}`;
    await edit('.env.example', around);
    await edit('compose.yaml', around);
    await removeFrom(root, 'sample/thing');
    equal(await text('.env.example'), '# Mine.\n# Settings\nPORT=80\n');
    equal(
      await text('compose.yaml'),
      `# Mine.\n${COMPOSE.replace('\nvolumes', '  more:\n    image: more\n\nvolumes')}`,
    );
  });

  it('that cannot be put in for certain are left to do by hand; a change of engine goes on without them', async () => {
    await open({ ...WITH_CONFIG, 'compose.yaml': 'services: { db: { image: postgres } }\n' });
    await addTo(root, { pattern: 'sample' });
    const { wiring, warnings } = await switchIn(root, 'sample/thing', 'shelf');
    deepEqual(
      wiring.map(({ file, status }) => [file, status]),
      [['.env.example', 'wired']],
    );
    match(
      warnings.join('\n'),
      /^compose\.yaml:1: "services" stands on one line; add:\nservices:\n {2}shelf:/,
    );
    match(await text('src/patterns/thing-sample.ts'), /shelfBox/);
    const [manual] = (await addTo(root, { ...SHELF, name: 'other' })).wiring.filter(
      ({ status }) => status === 'manual',
    );
    equal(manual?.file, 'compose.yaml');
    equal(manual.line, 1);
    match(manual.snippet ?? '', /image: shelf:3/);
  });

  it("of a monorepo's own Compose file are told, not written", async () => {
    const inPackage = Object.fromEntries(
      Object.entries(PROJECT).map(([path, content]) => [`packages/shop/${path}`, content]),
    );
    await open({
      ...inPackage,
      'package.json': { name: 'all', private: true, workspaces: ['packages/*'] },
      'package-lock.json': {},
      'compose.yaml': COMPOSE,
    });
    await remove(join(root, 'packages/shop/package-lock.json'));
    const target = 'packages/shop/src/users.ts:UserRepository.findById';
    const request = { ...SHELF, target };
    const plan = await addTo(root, request);
    equal(await text('compose.yaml'), COMPOSE);
    const TOLD =
      /^compose\.yaml:(\d+), above the package: there is no service shelf; add below this line:\n([^]+)$/;
    const told = plan.warnings.flatMap((each) => TOLD.exec(each) ?? []);
    const [, line, block] = told;
    const lines = COMPOSE.split('\n');
    const pasted = [...lines.slice(0, Number(line)), block, ...lines.slice(Number(line))].join(
      '\n',
    );
    const shelf = '  shelf:\n    image: shelf:3\n    ports:\n      - "127.0.0.1:7000:7000"\n';
    equal(pasted, COMPOSE.replace('\nvolumes', `${shelf}\nvolumes`));
    match(
      plan.warnings.join('\n'),
      /^compose\.yaml:5: what runs in the service app finds shelf by/m,
    );
    await edit('compose.yaml', () => pasted);
    const again = await planIn(root, request);
    doesNotMatch(again.warnings.join('\n'), /compose\.yaml/);
  });

  describe('of a pattern', () => {
    let catalogue: Catalogue;
    afterEach(() => catalogue.remove());
    const scripted = async () => {
      catalogue = await Catalogue.copy();
      return catalogue.change({
        'patterns/sample/pattern.json': (manifest: string) =>
          manifest.replace(
            '"hover":',
            `"env": [{ "name": "{{constant}}_LIMIT", "default": "3" }],
             "scripts": [{ "name": "work:{{kebab}}", "command": "node dist/{{kebab}}.js" }],
             "hover":`,
          ),
      });
    };
    const add = async (by: Awaited<ReturnType<typeof scripted>>, name: string) => {
      const plan = await by.plan({ pattern: 'sample', name }, diskFiles(root));
      await applyToDisk(root, plan);
      return plan;
    };

    it("are a variable and a script, each instance's its own", async () => {
      await open();
      const before = await treeOf(root);
      const by = await scripted();
      await add(by, 'user');
      await add(by, 'order-item');
      match(await text('.env.example'), /USER_LIMIT=3\nORDER_ITEM_LIMIT=3\n$/);
      match(
        await text('package.json'),
        /"test": "vitest run",\n {4}"work:order-item": "node dist\/order-item.js",\n {4}"work:user": "node dist\/user.js"\n/,
      );
      await removeFrom(root, 'sample/user', { by });
      doesNotMatch((await text('package.json')) + (await text('.env.example')), /user|USER/);
      await removeFrom(root, 'sample/order-item', { by });
      deepEqual(await treeOf(root), before);
    });

    it('leave a script of that name that does something else', async () => {
      await open();
      const by = await scripted();
      await edit('package.json', (all) =>
        all.replace('"test"', '"work:user": "mine",\n    "test"'),
      );
      const { wiring } = await add(by, 'user');
      deepEqual(
        wiring.find(({ file }) => file === 'package.json'),
        {
          file: 'package.json',
          status: 'manual',
          reason: 'the script work:user does something else',
          snippet: '"work:user": "node dist/user.js"',
          line: 1,
        },
      );
      match(await text('package.json'), /"work:user": "mine"/);
    });

    it('go by what the receipt says even when the pattern no longer does', async () => {
      await open();
      const before = await treeOf(root);
      await add(await scripted(), 'user');
      await removeFrom(root, 'sample/user');
      deepEqual(await treeOf(root), before);
    });

    it('stay while it is not known what another instance wants', async () => {
      await open();
      const by = await scripted();
      await add(by, 'user');
      await applyToDisk(root, await by.plan({ pattern: 'second' }, diskFiles(root)));
      const without = await catalogue.change({ 'patterns/second/pattern.json': undefined });
      await removeFrom(root, 'sample/user', { by: without });
      match(await text('package.json'), /work:user/);
      await applyToDisk(
        root,
        await without.remove(diskFiles(root), '', { instance: 'second/other' }),
      );
      doesNotMatch(await text('package.json'), /work:user/);
    });
  });

  for (const [what, manifest] of [
    ['on one line', '{ "name": "shop", "type": "module", "dependencies": {}, "scripts": {} }\n'],
    ['on several', '{\n  "name": "shop",\n  "scripts": {\n  },\n  "dependencies": {\n  }\n}'],
  ] as const) {
    it(`sections of package.json that were empty, ${what}, are as they were`, async () => {
      await open({ ...PROJECT, 'package.json': manifest });
      const before = await treeOf(root);
      await addTo(root, SHELF);
      await addTo(root, { ...SHELF, name: 'other' });
      match(await text('package.json'), /shelf-client/);
      await switchIn(root, 'sample/thing', 'memory');
      await removeFrom(root, 'sample/other');
      await removeFrom(root, 'sample/thing');
      deepEqual(await treeOf(root), before);
    });
  }
});
