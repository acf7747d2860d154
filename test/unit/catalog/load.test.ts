import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkCatalog } from '../../../src/catalog/check.ts';
import { CatalogError } from '../../../src/catalog/errors.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { manifestValidator } from '../../../src/catalog/validate.ts';

const module = (id: string) => ({
  id,
  version: '0.1.0',
  intent: 'A port.',
  requires: [],
  files: [{ template: `${id}.ts.hbs`, path: `kernel/${id}.ts`, role: 'source' }],
});
const engine = (id: string, embedded: boolean) => ({ id, title: id, embedded, detectedBy: [] });
const adapter = (engine: string, port: string) => ({
  engine,
  port,
  version: '0.1.0',
  requires: [],
  dependencies: { redis: [{ range: '^6.0.0', node: 20 }] },
  symbol: 'make',
  create: 'make()',
  facts: {},
  files: [{ template: `${port}.ts.hbs`, path: `engines/${engine}/${port}.ts`, role: 'source' }],
});
const pattern = (id: string, ports: readonly string[] = []) => ({
  id,
  title: id,
  family: 'data',
  version: '0.1.0',
  intent: 'Does something.',
  keywords: ['one', 'two', 'three'],
  relations: { composesWith: [], alternativeTo: [], specialCaseOf: [] },
  scaffold: {
    defaultName: 'user',
    options: [
      { id: 'ttl', title: 'TTL', description: 'In ms.', type: 'integer', default: 5, minimum: 1 },
    ],
    requires: [],
    ports,
    wiring: [{ recipe: 'wrap-call', on: 'target', title: 'Wrap', params: {} }],
    hover: [{ imports: ['redis'], names: ['get'], text: 'Gets.' }],
    files: [{ template: 'src/a.ts.hbs', path: `${id}/a.ts`, role: 'source' }],
  },
});

describe('loadCatalog', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'catalog-'));
    for (const part of ['kernel', 'engines', 'patterns']) await mkdir(join(dir, part));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const write = async (path: string, content: unknown) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(dir, path), text);
  };
  const load = () => loadCatalog(dir, { validate: manifestValidator() });

  it('reads every unit with its folder', async () => {
    await write('kernel/store/module.json', module('store'));
    await write('engines/memory/engine.json', engine('memory', true));
    await write('engines/memory/store.json', adapter('memory', 'store'));
    await write('patterns/cache/pattern.json', pattern('cache', ['store']));
    const catalog = await load();
    equal(catalog.kernel.get('store')?.folder, join(dir, 'kernel/store'));
    equal(catalog.adapters.get('memory/store')?.folder, join(dir, 'engines/memory'));
    equal(catalog.engines.get('memory')?.embedded, true);
    equal(catalog.patterns.get('cache')?.folder, join(dir, 'patterns/cache'));
    deepEqual(catalog.patterns.get('cache')?.engines, ['memory']);
  });

  it('offers the engines that have an adapter for each port, embedded ones first', async () => {
    for (const [id, embedded] of [
      ['amqp', false],
      ['file', true],
      ['memory', true],
      ['redis', false],
    ] as const) {
      await write(`engines/${id}/engine.json`, engine(id, embedded));
    }
    for (const id of ['amqp', 'file', 'memory', 'redis']) {
      await write(`engines/${id}/store.json`, adapter(id, 'store'));
    }
    for (const id of ['memory', 'redis'])
      await write(`engines/${id}/lease.json`, adapter(id, 'lease'));
    await write('patterns/one/pattern.json', pattern('one', ['store']));
    await write('patterns/both/pattern.json', pattern('both', ['store', 'lease']));
    await write('patterns/none/pattern.json', pattern('none'));
    const described = { ...pattern('described'), scaffold: undefined };
    await write('patterns/described/pattern.json', described);
    const { patterns } = await load();
    deepEqual(patterns.get('one')?.engines, ['memory', 'file', 'amqp', 'redis']);
    deepEqual(patterns.get('both')?.engines, ['memory', 'redis']);
    deepEqual(patterns.get('none')?.engines, ['memory']);
    deepEqual(patterns.get('described')?.engines, []);
  });

  it('passes over folders without a manifest and over other files', async () => {
    await mkdir(join(dir, 'patterns/draft'));
    await write('patterns/README.md', 'Patterns.');
    equal((await load()).patterns.size, 0);
  });

  const refused: [string, string, unknown, RegExp][] = [
    [
      'JSON that does not parse',
      'patterns/a/pattern.json',
      '{ "id": "a", }',
      /a\/pattern\.json: not valid JSON: .+/,
    ],
    [
      'an unknown field',
      'kernel/a/module.json',
      { ...module('a'), intnet: '' },
      /unknown field "intnet"/,
    ],
    [
      'a missing field',
      'engines/a/engine.json',
      { id: 'a', title: 'A', detectedBy: [] },
      /"embedded" is missing/,
    ],
    [
      'a wrong value deep inside',
      'patterns/a/pattern.json',
      {
        ...pattern('a'),
        scaffold: {
          ...pattern('a').scaffold,
          files: [{ template: 'a', path: 'a.ts', role: 'src' }],
        },
      },
      /scaffold\.files\[0\]\.role: must be one of source, test, instance, instance-test/,
    ],
    [
      'a path that leaves the output folder',
      'kernel/a/module.json',
      { ...module('a'), files: [{ template: 'a', path: '../../etc/a.ts', role: 'source' }] },
      /files\[0\]\.path: must match pattern/,
    ],
    [
      'a default of the wrong type',
      'patterns/a/pattern.json',
      {
        ...pattern('a'),
        scaffold: {
          ...pattern('a').scaffold,
          options: [{ id: 'n', title: 'N', description: 'N.', type: 'integer', default: 'x' }],
        },
      },
      /scaffold\.options\[0\]\.default: must be integer/,
    ],
    [
      'a name that is not its folder',
      'patterns/a/pattern.json',
      pattern('b'),
      /id: must be "a".*not "b"/,
    ],
    [
      'an adapter in the wrong place',
      'engines/a/store.json',
      adapter('b', 'store'),
      /engine: must be "a"/,
    ],
    [
      'an adapter under another name',
      'engines/a/stroe.json',
      adapter('a', 'store'),
      /port: must be "stroe"/,
    ],
    ['something else altogether', 'patterns/a/pattern.json', '[]', /must be object/],
  ];
  for (const [what, path, content, message] of refused) {
    it(`refuses ${what}, naming the file and the place in it`, async () => {
      await write(path, content);
      await rejects(load(), (error: CatalogError) => {
        equal(error instanceof CatalogError, true, String(error));
        equal(error.code, 'BAD_MANIFEST');
        equal(error.file, join(dir, path));
        equal(error.message.startsWith(error.file), true);
        equal(message.test(error.message), true, error.message);
        return true;
      });
    });
  }
});

describe('checkCatalog', () => {
  it('tells what leads nowhere, with its place', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'catalog-'));
    const write = async (path: string, content: unknown) => {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), JSON.stringify(content));
    };
    await mkdir(join(dir, 'kernel'));
    await write('engines/memory/store.json', adapter('memory', 'store'));
    const bad = pattern('a', ['store']);
    await write('patterns/a/pattern.json', {
      ...bad,
      relations: { composesWith: ['a'], alternativeTo: [], specialCaseOf: ['b'] },
      scaffold: {
        ...bad.scaffold,
        requires: ['clock'],
        options: [{ ...bad.scaffold.options[0], default: 0 }],
        files: [{ template: 'src/a.ts.hbs', path: 'a/a.test.ts', role: 'source' }],
      },
    });
    const problems = checkCatalog(await loadCatalog(dir)).map(
      ({ path, message }) => `${path} ${message}`,
    );
    await rm(dir, { recursive: true });
    deepEqual(problems, [
      'engines/memory/store.json: engine its folder has no engine.json',
      'engines/memory/store.json: port no kernel module defines this port',
      'engines/memory/store.json: files[0].template there is no "store.ts.hbs"',
      'patterns/a/pattern.json: relations.composesWith names the pattern itself',
      'patterns/a/pattern.json: relations.specialCaseOf[0] there is no "b"',
      'patterns/a/pattern.json: scaffold.requires[0] there is no "clock"',
      'patterns/a/pattern.json: scaffold.ports[0] there is no "store"',
      'patterns/a/pattern.json: scaffold.options[0].default is below the minimum',
      'patterns/a/pattern.json: scaffold.ports no embedded engine has an adapter for each port',
      'patterns/a/pattern.json: scaffold.files[0].template there is no "src/a.ts.hbs"',
      'patterns/a/pattern.json: scaffold.files[0].role "a/a.test.ts" is for tests, the role is source',
    ]);
  });
});
