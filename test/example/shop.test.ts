import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.cjs');

/** Runs with nothing of the surrounding `npm run`, whose settings are this project's. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)),
);

/** The sample of `npm start`, installed and run as its reader does it. */
describe('the sample shop', function () {
  this.timeout(600_000);
  const dir = mkdtempSync(join(tmpdir(), 'patternsmith-shop-'));
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, {
      cwd: dir,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  before(() => {
    cpSync(join(root, 'examples/shop'), dir, {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path),
    });
    run('npm', 'install', '--no-audit', '--no-fund');
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  const checks = () => {
    run('npm', 'run', 'typecheck');
    run('npm', 'test');
  };

  it('compiles and passes its own tests', checks);

  it('still does with what its README says to try', () => {
    for (const args of [
      [
        'cache-aside',
        '--name',
        'user',
        '--target',
        'src/users/user-repository.ts:UserRepository.findById',
      ],
      [
        'competing-consumers',
        '--name',
        'confirmation',
        '--target',
        'src/orders/order-mails.ts:OrderMails.sendConfirmation',
      ],
      ['strangler-fig', '--name', 'invoices', '--target', 'src/app.ts:app'],
      [
        'strangler-fig',
        '--name',
        'order',
        '--target',
        'src/orders/order-service.ts:OrderService.find',
      ],
    ]) {
      const added = run(process.execPath, cli, 'add', ...args, '--yes', '--json');
      const { wiring } = JSON.parse(added) as { wiring: readonly { status: string }[] };
      equal(wiring[0]?.status, 'wired', added);
    }
    run('npm', 'install', '--no-audit', '--no-fund');
    checks();
  });

  it('then confirms an order by the consumer, and ends when told to', async () => {
    const port = await freePort();
    const server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
      cwd: dir,
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
      const { value: started } = await lines.next();
      equal(started, `http://localhost:${port}/users/u1`);
      const response = await fetch(`http://localhost:${port}/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ userId: 'u1', lines: [] }),
      });
      const { id } = (await response.json()) as { id: string };
      const { value: mailed } = await lines.next();
      equal(mailed, `mail to ada@example.com: Your order ${id}`);
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      deepEqual(await ended, [0, null]);
    } finally {
      server.kill('SIGKILL');
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
