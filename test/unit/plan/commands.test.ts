import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commandsFor } from '../../../src/plan/commands.ts';

const ONE = {
  packageManager: 'npm',
  packageDir: '',
  workspaceDir: '',
  testRunner: 'vitest',
  importExtension: '.js',
} as const;
const MEMBER = { ...ONE, packageDir: 'packages/api' } as const;
const RUN = { install: true, testScript: 'vitest run' };

describe('commands to run next', () => {
  it('use the package manager of the project', () => {
    const of = (packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun') =>
      commandsFor({ ...ONE, packageManager }, RUN);
    deepEqual(of('npm'), ['npm install', 'npm test']);
    deepEqual(of('pnpm'), ['pnpm install', 'pnpm test']);
    deepEqual(of('yarn'), ['yarn install', 'yarn test']);
    deepEqual(of('bun'), ['bun install', 'bun run test']);
  });

  it('install only when packages were added', () => {
    deepEqual(commandsFor(ONE, { ...RUN, install: false }), ['npm test']);
  });

  it('call the runner where there is no test script, or the one of npm init', () => {
    for (const testScript of [undefined, 'echo "Error: no test specified" && exit 1']) {
      const of = (testRunner: 'vitest' | 'jest' | 'mocha' | 'node:test') =>
        commandsFor({ ...ONE, testRunner }, { install: false, testScript });
      deepEqual(of('vitest'), ['npx vitest run']);
      deepEqual(of('jest'), ['npx jest']);
      deepEqual(of('mocha'), ['npx mocha']);
      deepEqual(of('node:test'), ['npx tsx --test']);
    }
  });

  it('call Node itself where imports name the TypeScript files', () => {
    const profile = { ...ONE, testRunner: 'node:test', importExtension: '.ts' } as const;
    deepEqual(commandsFor(profile, { install: false, testScript: undefined }), ['node --test']);
  });

  it('install in the root of a workspace and test in the package', () => {
    deepEqual(commandsFor(MEMBER, RUN), ['npm install', 'npm --prefix packages/api test']);
    deepEqual(commandsFor({ ...MEMBER, packageManager: 'pnpm' }, RUN), [
      'pnpm install',
      'pnpm --dir packages/api test',
    ]);
    deepEqual(commandsFor({ ...MEMBER, packageManager: 'yarn' }, RUN), [
      'yarn install',
      'yarn --cwd packages/api test',
    ]);
    deepEqual(commandsFor(MEMBER, { install: false, testScript: undefined }), [
      'cd packages/api && npx vitest run',
    ]);
  });

  it('are shorter where one stands in the package already', () => {
    deepEqual(commandsFor(MEMBER, RUN, 'packages/api'), ['npm install', 'npm test']);
  });

  it('name the folder of a package that is installed by itself', () => {
    deepEqual(commandsFor({ ...MEMBER, workspaceDir: 'packages/api' }, RUN), [
      'npm --prefix packages/api install',
      'npm --prefix packages/api test',
    ]);
    deepEqual(commandsFor({ ...MEMBER, packageDir: 'my app', workspaceDir: 'my app' }, RUN), [
      'npm --prefix "my app" install',
      'npm --prefix "my app" test',
    ]);
  });
});
