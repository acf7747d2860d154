/** The application of a JavaScript starter with patterns in it is started and asked, not only its tests. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { run } from '../../scripts/lib/toolbox.ts';
import { freePort } from '../engines/server-process.ts';
import { cli, textsBelow } from './matrix.ts';
import { copyOf, starter, type Copy } from './starters.ts';

const RECEIPTS = `var fs = require('fs').promises;

async function sendReceipts(orders) {
  for (const order of orders) {
    const receipt = 'total: ' + order.total;
    await fs.writeFile(order.id + '.txt', receipt);
  }
}

module.exports = { sendReceipts };
`;

describe('patterns in what express-generator makes', () => {
  let copy: Copy;
  let untouched: ReadonlyMap<string, string>;
  const children: ChildProcess[] = [];

  before(async () => {
    copy = await copyOf(await starter('express-javascript'));
    await writeFile(join(copy.root, 'receipts.js'), RECEIPTS);
    untouched = await textsBelow(copy.root);
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await copy.dispose();
  });

  const change = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { code, json } = await cli([...args, '--yes', '--cwd', copy.root]);
    equal(code, 0, JSON.stringify(json));
    return (json.wiring ?? []).map(({ file, status }) => `${file} ${status}`);
  };

  it('a strangler fig is mounted in app.js, above the body parsers', async () => {
    deepEqual(await change('add', 'strangler-fig', '--target', 'app.js'), ['app.js wired']);
    const app = await readFile(join(copy.root, 'app.js'), 'utf8');
    match(app, /^const \{ billingFacade \} = require\('\.\/patterns\/billing-facade'\);$/m);
    match(app, /app\.use\(billingFacade\.handler\);\napp\.use\(express\.json\(\)\);/);
  });

  it('competing consumers take work out of a script and start in bin/www', async () => {
    const wired = await change(
      'add',
      'competing-consumers',
      '--target',
      'receipts.js:sendReceipts',
    );
    deepEqual(wired, ['receipts.js wired', 'bin/www wired']);
    match(
      await readFile(join(copy.root, 'bin/www'), 'utf8'),
      /^const \{ receiptsConsumer \} = require\('\.\.\/patterns\/receipts-consumer'\);$/m,
    );
  });

  it('the application serves through the façade, and ends when it is told to', async () => {
    const port = await freePort();
    const child = spawn(process.execPath, ['bin/www'], {
      cwd: copy.root,
      env: { ...process.env, PORT: String(port), DEBUG: 'app:server' },
    });
    children.push(child);
    const exit = once(child, 'exit');
    let output = '';
    const listening = new Promise<void>((resolve) => {
      child.stderr.on('data', (text: Buffer) => {
        output += text.toString();
        if (output.includes('Listening')) resolve();
      });
    });
    await Promise.race([
      listening,
      exit.then(() => Promise.reject(new Error(`it ended:\n${output}`))),
    ]);
    const answer = await fetch(`http://127.0.0.1:${port}/users`);
    deepEqual([answer.status, await answer.text()], [200, 'respond with a resource']);
    const posted = await fetch(`http://127.0.0.1:${port}/nowhere`, { method: 'POST', body: 'x' });
    equal(posted.status, 404);
    child.kill('SIGTERM');
    deepEqual(await exit, [0, null]);
  });

  it('what is sent is worked on, by the code that stood in the loop', async () => {
    const script = `(async () => {
      const { receiptsConsumer } = require('./patterns/receipts-consumer');
      const { sendReceipts } = require('./receipts');
      await receiptsConsumer.start();
      await sendReceipts([{ id: 'a', total: 3 }, { id: 'b', total: 4 }]);
      while (receiptsConsumer.stats().events.handled < 2) await new Promise(setImmediate);
      await receiptsConsumer.close();
    })()`;
    const { code, output } = await run(process.execPath, ['-e', script], { cwd: copy.root });
    equal(code, 0, output);
    const made = ['a.txt', 'b.txt'].map((name) => join(copy.root, name));
    const texts = await Promise.all(made.map((path) => readFile(path, 'utf8')));
    deepEqual(texts, ['total: 3', 'total: 4']);
    await Promise.all(made.map((path) => rm(path)));
  });

  it('taken out again, the project is as it was to the byte', async () => {
    await change('remove', 'receipts');
    await change('remove', 'billing');
    deepEqual([...(await textsBelow(copy.root))], [...untouched]);
  });
});
