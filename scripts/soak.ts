// `npm run test:soak`: the property, fault-injection and crash tests, on more files and at every fault point.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const env = { ...process.env, PATTERNSMITH_SOAK: process.env['PATTERNSMITH_SOAK'] ?? '20' };
const suites = [
  'test/wiring/*.test.ts',
  'test/unit/plan/disk.test.ts',
  'test/unit/wire/*.property.test.ts',
  'test/patterns/**/*.property.test.ts',
];

const run = (args: readonly string[]): number =>
  spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;

const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
const start = Date.now();
// It takes long: each test is named when it is done.
const options = ['--exit', '--timeout', '0', '--reporter', 'spec'];
const failed = run(['scripts/render.ts']) || run([mocha, ...options, ...suites]);
const minutes = ((Date.now() - start) / 60_000).toFixed(1);
console.error(
  failed
    ? `The soak run FAILED after ${minutes} min. A property test names its seed: PATTERNSMITH_SEED=… draws the same cases again.`
    : `The soak run passed in ${minutes} min.`,
);
process.exitCode = failed;
