import { deepEqual, equal } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { APP } from '../support/application.ts';
import { makeProject, PROJECT, remove, type Texts, treeOf } from '../support/disk.ts';
import { addTo, removeFrom } from '../support/engine.ts';

const WITH_APP: Texts = { ...PROJECT, ...APP };

describe('removing three workers, in any order, that one shutdown closes', () => {
  let root = '';
  const open = async (texts: Texts): Promise<void> => {
    root = await makeProject(texts);
  };
  afterEach(() => remove(root));

  const targets = { mail: 'send', bulk: 'sendAll', digest: 'digest' };
  type Name = keyof typeof targets;
  const names = Object.keys(targets) as Name[];
  const worker = (name: Name, dir = root) =>
    addTo(dir, { pattern: 'worker', name, target: `src/mailer.ts:Mailer.${targets[name]}` });
  const method = (name: string): string =>
    `\n  async ${name}(mails: readonly Mail[]): Promise<void> {\n    await sleep(300);\n    console.log(mails.length);\n  }\n`;
  const mailer = APP['src/mailer.ts'].replace(
    /\}\n$/,
    `${method('sendAll')}${method('digest')}}\n`,
  );
  const orders = names.flatMap((first) => {
    const [second, third] = names.filter((name) => name !== first) as [Name, Name];
    return [
      [first, second, third],
      [first, third, second],
    ];
  });
  const without = (gone: readonly Name[]) => names.filter((name) => !gone.includes(name));
  const top = "import { createApp } from './app.js';\n\n";
  const servers: Readonly<Record<string, string>> = {
    'that is there': APP['src/server.ts'],
    'that the first brought': `${top}const server = createApp().listen(3000);\n`,
    'that the first brought, with the name of the server': `${top}createApp().listen(3000);\n`,
  };
  for (const [title, server] of Object.entries(servers)) {
    it(title, async () => {
      await open({ ...WITH_APP, 'src/server.ts': server, 'src/mailer.ts': mailer });
      const before = await treeOf(root);
      for (const order of orders) {
        for (const name of names) await worker(name);
        for (const [index, name] of order.entries()) {
          const { wiring } = await removeFrom(root, `worker/${name}`);
          for (const { status, reason } of wiring) equal(status, 'unwired', reason);
          const left = without(order.slice(0, index + 1));
          const now = await wiredTexts(root);
          deepEqual(now, await textsWith(left, server), `only ${left.join()}`);
        }
        deepEqual(await treeOf(root), before, order.join());
      }
    });
  }

  const wiredTexts = async (dir: string): Promise<readonly string[]> => [
    await readFile(join(dir, 'src/server.ts'), 'utf8'),
    // All of them need an import that goes with the last.
    await readFile(join(dir, 'src/mailer.ts'), 'utf8'),
  ];

  /** The files where the others have never been. */
  const textsWith = async (some: readonly Name[], server: string) => {
    const texts = { ...WITH_APP, 'src/server.ts': server, 'src/mailer.ts': mailer };
    const other = await makeProject(texts);
    try {
      for (const name of some) await worker(name, other);
      return await wiredTexts(other);
    } finally {
      await remove(other);
    }
  };
});

/** Everything in one file, which some that come later take an import out of. */
const MAIN = `import express from 'express';
import { readFile } from 'node:fs/promises';

const app = express();
app.use(express.json());

export async function send(path: string): Promise<void> {
  await readFile(path);
}

export async function bill(path: string): Promise<void> {
  await readFile(path);
}

app.listen(3000);
`;

describe('removing two workers and what stands in front of them, all in one file', () => {
  const requests = {
    'worker/send': { pattern: 'worker', name: 'send', target: 'src/main.ts:send' },
    'front/guard': { pattern: 'front', name: 'guard', target: 'src/main.ts' },
    'worker/bill': { pattern: 'worker', name: 'bill', target: 'src/main.ts:bill' },
  };
  const all = Object.keys(requests);
  const orders = all.flatMap((first) => {
    const rest = all.filter((each) => each !== first);
    return [rest, rest.toReversed()].map((others) => [first, ...others]);
  });
  for (const order of orders) {
    it(`in the order ${order.join(', ')}`, async () => {
      const root = await makeProject({ ...PROJECT, 'src/main.ts': MAIN });
      try {
        const before = await treeOf(root);
        for (const request of Object.values(requests)) await addTo(root, request);
        for (const instance of order) {
          const { wiring } = await removeFrom(root, instance);
          for (const { status, reason } of wiring) equal(status, 'unwired', reason);
          const text = await readFile(join(root, 'src/main.ts'), 'utf8');
          equal(text.includes('await readFile('), text.includes('import { readFile }'), text);
        }
        deepEqual(await treeOf(root), before);
      } finally {
        await remove(root);
      }
    });
  }
});
