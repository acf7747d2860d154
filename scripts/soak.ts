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
process.exitCode =
  run(['scripts/render.ts']) || run([mocha, '--exit', '--timeout', '0', ...suites]);
