/** Whatever is added, typed, moved to another engine, updated and removed, in whatever order: nothing of the user's is lost, and nothing else stays. */
import { deepEqual, ok } from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { createEngine } from '../../src/engine.ts';
import type { ScaffoldRequest } from '../../src/plan/types.ts';
import { APP } from '../unit/plan/support/application.ts';
import { PROJECT } from '../unit/plan/support/disk.ts';
import { type Start, steps, World } from './lifecycle-world.ts';
import { SOAK } from './soak.ts';

const ROOT = join(import.meta.dirname, '../..');
const SMALL = join(ROOT, 'test/fixtures/templates');
const PRODUCT = join(ROOT, 'templates');

type Texts = Readonly<Record<string, string>>;

const asText = (value: string | object): string =>
  typeof value === 'string' ? value : `${JSON.stringify(value, undefined, 2)}\n`;

const TYPESCRIPT: Texts = Object.fromEntries(
  Object.entries({ ...PROJECT, ...APP }).map(([path, value]) => [path, asText(value)]),
);

const JAVASCRIPT: Texts = {
  'package.json': asText({
    name: 'js-shop',
    type: 'module',
    scripts: { test: 'node --test' },
    dependencies: { express: '^5.1.0' },
  }),
  'src/db.js': 'export const db = { query: async (sql, values) => [{ sql, values }] };\n',
  'src/users.js': `import { db } from './db.js';

export class UserRepository {
  async findById(id) {
    const rows = await db.query('select * from users where id = $1', [id]);
    return rows[0];
  }

  async findByName(name) {
    const rows = await db.query('select * from users where name = $1', [name]);
    return rows[0];
  }
}
`,
  'src/mailer.js': `export class Mailer {
  async send(mail) {
    await fetch(mail.to);
  }

  async sendAll(mails) {
    await Promise.all(mails.map((mail) => fetch(mail.to)));
  }
}
`,
  'src/app.js': `import express from 'express';

export function createApp() {
  const app = express();
  app.use(express.json());
  return app;
}
`,
  'src/server.js': `import { createApp } from './app.js';

const app = createApp();
const server = app.listen(3000);

process.once('SIGTERM', () => server.close());
`,
};

/** In the small catalogue, which has patterns that share units and are wired in one, several and no files. */
const small = (extension: string): readonly ScaffoldRequest[] => [
  { pattern: 'sample', target: `src/users.${extension}:UserRepository.findById` },
  {
    pattern: 'sample',
    name: 'second-user',
    target: `src/users.${extension}:UserRepository.findByName`,
  },
  { pattern: 'sample', name: 'plain' },
  { pattern: 'second' },
  { pattern: 'worker', name: 'mail', target: `src/mailer.${extension}:Mailer.send` },
  { pattern: 'worker', name: 'bulk', target: `src/mailer.${extension}:Mailer.sendAll` },
  { pattern: 'front', target: `src/app.${extension}` },
  { pattern: 'front', name: 'guard', target: `src/app.${extension}` },
];

const SHOP: readonly ScaffoldRequest[] = [
  { pattern: 'cache-aside', target: 'src/users/user-repository.ts:UserRepository.findById' },
  { pattern: 'cache-aside', name: 'invoice' },
  {
    pattern: 'competing-consumers',
    name: 'confirmation',
    target: 'src/orders/order-mails.ts:OrderMails.sendConfirmation',
  },
  { pattern: 'strangler-fig', name: 'invoices', target: 'src/app.ts:app' },
  { pattern: 'strangler-fig', name: 'bills', target: 'src/app.ts:app' },

  {
    pattern: 'strangler-fig',
    name: 'order',
    target: 'src/orders/order-service.ts:OrderService.find',
  },
];

/** A later version of a catalogue: every pattern's sources end otherwise. */
async function newerThan(templates: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'patternsmith-newer-'));
  await cp(templates, dir, { recursive: true });
  for (const name of await readdir(join(dir, 'patterns'))) {
    const folder = join(dir, 'patterns', name);
    const manifest = join(folder, 'pattern.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(/"version": "[^"]*"/, '"version": "99.0.0"'));
    const all = await readdir(folder, { recursive: true });
    for (const file of all.filter((each) => /^(?:src|instance).*\.ts\.hbs$/.test(each))) {
      await writeFile(
        join(folder, file),
        `${await readFile(join(folder, file), 'utf8')}// Newer.\n`,
      );
    }
  }
  return dir;
}

async function textsIn(dir: string): Promise<Texts> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1))
    .filter((path) => !/(?:^|\/)(?:node_modules|dist)\//.test(path));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (path) => [path, await readFile(join(dir, path), 'utf8')] as const),
    ),
  );
}

const withCrlf = (texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
  );

const PROJECTS: Readonly<
  Record<
    string,
    {
      readonly texts: () => Promise<Texts> | Texts;
      readonly requests: readonly ScaffoldRequest[];
      readonly templates: string;
      /** By pattern; the others have none but one. */
      readonly engines: Start['engines'];
      readonly runs: number;
    }
  >
> = {
  'a TypeScript project': {
    texts: () => ({
      ...TYPESCRIPT,
      'src/users.ts': TYPESCRIPT['src/users.ts']!.replace(
        '  async save',
        `  async findByName(name: string): Promise<User | undefined> {
    const rows = await db.query<User>('select * from users where name = $1', [name]);
    return rows[0];
  }

  async save`,
      ),
      'src/mailer.ts': TYPESCRIPT['src/mailer.ts']!.replace(
        /\}\n$/,
        `
  async sendAll(mails: readonly Mail[]): Promise<void> {
    await sleep(300);
    console.log(mails.length);
  }
}
`,
      ),
    }),
    requests: small('ts'),
    templates: SMALL,
    engines: { sample: ['memory', 'shelf'] },
    runs: 25,
  },
  'a JavaScript project': {
    texts: () => JAVASCRIPT,
    requests: small('js'),
    templates: SMALL,
    engines: { sample: ['memory', 'shelf'] },
    runs: 25,
  },
  'the sample shop': {
    texts: () => textsIn(join(ROOT, 'examples/shop')),
    requests: SHOP,
    templates: PRODUCT,
    engines: {
      'cache-aside': ['memory', 'redis'],
      'competing-consumers': ['memory', 'redis', 'rabbitmq'],
    },
    runs: 6,
  },
};

describe('a project that patterns come to and go from', function () {
  this.timeout(0);
  for (const [title, { texts, requests, templates, engines, runs }] of Object.entries(PROJECTS)) {
    describe(title, () => {
      let start: Omit<Start, 'texts'>;
      let newer = '';
      let lf: Texts = {};
      before(async () => {
        newer = await newerThan(templates);
        lf = await texts();
        start = {
          requests,
          engine: createEngine({ templatesDir: templates }),
          newer: createEngine({ templatesDir: newer }),
          engines,
        };
      });
      after(() => rm(newer, { recursive: true, force: true }));

      const run = async (edits: boolean): Promise<void> => {
        let gone = 0;
        await fc.assert(
          fc.asyncProperty(
            steps({ edits }),
            fc.boolean(),
            fc.nat({ max: 99 }),
            async (all, crlf, order) => {
              const world = new World({ ...start, texts: crlf ? withCrlf(lf) : lf });
              for (const step of all) await world.take(step);
              const left = await world.removeAll(order);
              if (!edits) deepEqual(left, []);
              if (left.length > 0) return;
              world.isAsItWas();
              gone += 1;
            },
          ),
          { numRuns: runs * SOAK },
        );
        ok(gone > runs / 4, `${gone} of ${runs * SOAK} times all was taken out`);
      };

      it('is as it was, byte for byte, when all are gone', () => run(false));
      it('keeps every line that its people typed', () => run(true));
    });
  }
});
