// What VS Code's test driver calls in the extension host: the suites of one configuration, run by mocha.
import { format } from 'node:util';
import { outputMark } from './output-mark.ts';

/** Which suites run with which workspace: `run-host-tests.ts`. */
const suites: Record<string, () => Promise<unknown>> = {
  single: () => import('./suites/single.ts'),
  multi: () => import('./suites/multi.ts'),
  untrusted: () => import('./suites/untrusted.ts'),
};

export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    for (const line of format(...parts).split('\n')) console.log(`${outputMark}${line}`);
  };
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: 60_000,
    ...(process.env['MOCHA_GREP'] ? { grep: process.env['MOCHA_GREP'] } : {}),
    forbidOnly: true,
    forbidPending: true,
  });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  const suite = suites[process.env['HOST_SUITE'] ?? ''];
  if (!suite) throw new Error(`no suites named ${process.env['HOST_SUITE']}`);
  await suite();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
