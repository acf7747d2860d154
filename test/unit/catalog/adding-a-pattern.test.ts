/** Everything that a pattern is stands in its folder: one more folder, and nothing else, makes one more pattern. */
import { deepEqual, equal } from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { renderCatalog } from '../../../scripts/lib/rendering.ts';
import { checkCatalog } from '../../../src/catalog/check.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { manifestValidator } from '../../../src/catalog/validate.ts';
import { main } from '../../../src/cli/main.ts';
import { CANONICAL_STYLE } from '../../../src/plan/style.ts';

const FOLDER = {
  'pattern.json': JSON.stringify({
    id: 'heartbeat',
    title: 'Heartbeat',
    family: 'design',
    version: '0.1.0',
    intent: 'Tells that somebody is alive.',
    keywords: ['alive', 'ping', 'watchdog'],
    relations: { composesWith: ['leader-election'], alternativeTo: [], specialCaseOf: [] },
    scaffold: {
      defaultName: 'worker',
      options: [
        {
          id: 'everyMs',
          title: 'Interval',
          description: 'Milliseconds between two beats.',
          type: 'integer',
          default: 500,
          minimum: 1,
        },
      ],
      requires: ['clock'],
      ports: ['cache-store'],
      wiring: [],
      hover: [],
      files: [
        { template: 'src/heartbeat.ts.hbs', path: 'heartbeat/heartbeat.ts', role: 'source' },
        { template: 'instance/heart.ts.hbs', path: '{{kebab}}-heart.ts', role: 'instance' },
      ],
    },
  }),
  'src/heartbeat.ts.hbs': `import type { Clock } from '../kernel/clock.js';

export const beats = (clock: Clock, everyMs: number, beat: () => void) =>
  clock.after(everyMs, beat);
`,
  'instance/heart.ts.hbs': `import { {{ports.cacheStore.symbol}} } from '{{ports.cacheStore.from}}';
import { beats } from './heartbeat/heartbeat.js';

export const {{camel}}Heart = {
  beats,
  everyMs: {{options.everyMs}},
  store: {{ports.cacheStore.create}},
};
`,
};

describe('a folder more under templates/patterns', () => {
  let root: string;
  let templatesDir: string;
  let project: string;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'pattern-'));
    templatesDir = join(root, 'templates');
    project = join(root, 'project');
    await cp(join(import.meta.dirname, '../../../templates'), templatesDir, { recursive: true });
    await writeAll(join(templatesDir, 'patterns/heartbeat'), FOLDER);
    await writeAll(project, {
      'package.json': '{ "name": "shop", "type": "module" }\n',
      'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext", "strict": true } }\n',
      'src/app.ts': 'export const app = 1;\n',
    });
  });
  after(() => rm(root, { recursive: true }));

  const run = async (...argv: string[]) => {
    let text = '';
    const out = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    const io = { out, err: new PassThrough().resume(), in: new PassThrough(), interactive: false };
    const installation = { templatesDir, demosDir: join(root, 'demos'), version: '0.0.0' };
    const code = await main([...argv, '--json'], io, installation, new AbortController().signal);
    return { code, result: JSON.parse(text) as unknown };
  };

  it('passes the checks of manifests', async () => {
    const catalog = await loadCatalog(templatesDir, { validate: manifestValidator() });
    deepEqual(
      checkCatalog(catalog).filter(({ path }) => path.includes('heartbeat')),
      [],
    );
  });

  it('is listed, searched and shown', async () => {
    const { result } = await run('list');
    const listed = (result as { id: string }[]).find(({ id }) => id === 'heartbeat');
    const engines = (await loadCatalog(templatesDir)).patterns.get('cache-aside')?.engines;
    deepEqual(listed, {
      id: 'heartbeat',
      title: 'Heartbeat',
      family: 'design',
      intent: 'Tells that somebody is alive.',
      engines,
      scaffold: true,
    });
    const found = (await run('search', 'watchdog')).result as { id: string }[];
    deepEqual(
      found.map(({ id }) => id),
      ['heartbeat'],
    );
    equal((await run('show', 'heartbeat')).code, 0);
  });

  it('is rendered for every engine', async () => {
    const { files, errors } = await renderCatalog(await loadCatalog(templatesDir), {
      importExtension: '.ts',
      testRunner: 'mocha',
      testDir: undefined,
      testSuffix: '.test.ts',
      style: CANONICAL_STYLE,
      out: '',
    });
    deepEqual(
      errors.filter(({ message }) => message.includes('heartbeat')),
      [],
    );
    const text = new Map(files.map((file) => [file.path, file.text]));
    equal(text.has('heartbeat/heartbeat.ts'), true);
    equal(text.get('worker-heart.ts')?.includes('memoryCacheStore({'), true);
    const redis = text.get('instances/heartbeat-redis/worker-heart.ts');
    equal(redis?.includes("from '../../engines/redis/cache-store.ts'"), true, redis);
  });

  it('is scaffolded with what it requires, and a second time changes nothing', async () => {
    const add = ['add', 'heartbeat', '--name', 'pump', '--set', 'everyMs=20', '--cwd', project];
    const first = await run(...add, '--yes');
    equal(first.code, 0, JSON.stringify(first.result));
    const read = (path: string) => readFile(join(project, 'src/patterns', path), 'utf8');
    equal(await read('heartbeat/heartbeat.ts'), FOLDER['src/heartbeat.ts.hbs']);
    equal((await read('pump-heart.ts')).includes('everyMs: 20,'), true);
    equal((await read('kernel/clock.ts')).includes('export interface Clock'), true);
    equal((await read('engines/memory/cache-store.ts')).includes('memoryCacheStore'), true);

    const { files } = (await run(...add, '--yes')).result as { files: { action: string }[] };
    deepEqual(new Set(files.map(({ action }) => action)), new Set(['same']));
  });
});

async function writeAll(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}
