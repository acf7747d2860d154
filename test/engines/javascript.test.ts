/**
 * The adapters as a JavaScript project in CommonJS has them: `require('redis')` finds another build of the client than `import` does.
 * As ES modules they are what the other suites run, without the types.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { renderCatalog } from '../../scripts/lib/rendering.ts';
import { run } from '../../scripts/lib/toolbox.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { CANONICAL_STYLE } from '../../src/plan/style.ts';
import { sharedRabbitMq } from './rabbitmq-server.ts';
import { sharedRedis } from './redis-server.ts';
import { isExcluded } from './server-process.ts';

const home = join(import.meta.dirname, '../..');
const catalog = await loadCatalog(join(home, 'templates'));
const SERVERS = { redis: sharedRedis, rabbitmq: sharedRabbitMq };

describe('adapters in CommonJS', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patternsmith-commonjs-'));
    await writeCatalog(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are those of every engine with a server', () => {
    const served = [...catalog.engines.values()].filter(({ embedded }) => !embedded);
    deepEqual(served.map(({ id }) => id).sort(), Object.keys(SERVERS).sort());
  });

  for (const { engine, port } of catalog.adapters.values()) {
    const start = SERVERS[engine as keyof typeof SERVERS];
    const { env } = catalog.engines.get(engine)!;
    if (!start || !env || isExcluded(engine)) continue;
    it(`${engine}/${port}: its contract suite passes`, async () => {
      const { code, output } = await run(
        process.execPath,
        ['--test', '--test-reporter=tap', `engines/${engine}/${port}.test.js`],
        {
          cwd: folder,
          env: {
            ...process.env,
            [env.name]: (await start()).url,
            // Told that it is a part of another run, Node would run nothing.
            NODE_TEST_CONTEXT: undefined,
          },
        },
      );
      equal(code, 0, output);
      match(output, /^# skipped 0$/m);
      ok(Number(/^# pass (\d+)$/m.exec(output)?.[1]) >= 5, output);
    });
  }
});

/** The whole catalogue in a package of its own, beside the clients that are installed here. */
async function writeCatalog(folder: string): Promise<void> {
  const { files, errors } = await renderCatalog(catalog, {
    language: 'javascript',
    moduleSystem: 'commonjs',
    importExtension: '',
    testRunner: 'node:test',
    testDir: undefined,
    testSuffix: '.test.js',
    style: CANONICAL_STYLE,
    out: '',
  });
  deepEqual(errors, []);
  await symlink(join(home, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'commonjs' }));
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
