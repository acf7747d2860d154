import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
        'src/orders/confirmations.ts:sendConfirmations',
      ],
      ['strangler-fig', '--name', 'invoices', '--target', 'src/app.ts:app'],
    ]) {
      const added = run(process.execPath, cli, 'add', ...args, '--yes', '--json');
      const { wiring } = JSON.parse(added) as { wiring: readonly { status: string }[] };
      equal(wiring[0]?.status, 'wired', added);
    }
    run('npm', 'install', '--no-audit', '--no-fund');
    checks();
  });
});
