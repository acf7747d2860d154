// `npm test`: everything, in order, on what it has provisioned. `-- unit host` runs some of it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { provision, testInContainer } from './provision.ts';

const root = join(import.meta.dirname, '..');

/** npm scripts, the quickest to fail first. What a later one needs, an earlier one has made. */
const steps = [
  'lint',
  'typecheck',
  'build',
  'test:unit',
  'test:wiring',
  'check:rendered',
  'test:patterns',
  'test:engines',
  'test:starters',
  'test:package',
  'test:example',
  'test:host',
  'test:e2e',
] as const;

interface Outcome {
  readonly step: string;
  readonly ok: boolean;
  /** Tests that the step has counted; a step without tests counts as one. */
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

/** Runs one npm script with its output passed through, and counts what mocha says of it. */
function run(step: string): Promise<Outcome> {
  const start = performance.now();
  console.log(`\n── ${step}`);
  const child = spawn('npm', ['run', '--silent', step], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.on('data', (chunk: Buffer) => {
      output += String(chunk);
      to.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1_000;
      resolve({ step, seconds, ...verdict(code === 0, output) });
    });
  });
}

/** A skipped test is a failed one: what was not run is not known to work. */
function verdict(succeeded: boolean, output: string): Pick<Outcome, 'ok' | 'passed' | 'failed'> {
  const counted = (word: string) =>
    [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].reduce(
      (sum, match) => sum + Number(match[1]),
      0,
    );
  const passing = counted('passing');
  const failing = counted('failing') + counted('pending');
  const ok = succeeded && failing === 0;
  return { ok, passed: passing || Number(ok), failed: failing || Number(!ok) };
}

function report(outcomes: readonly Outcome[]): void {
  console.log('\n');
  for (const { step, ok, passed, failed, seconds } of outcomes) {
    const counts = `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed`;
    console.log(
      `${ok ? 'ok  ' : 'FAIL'} ${step.padEnd(16)}${counts} ${seconds.toFixed(0).padStart(6)} s`,
    );
  }
  const sum = (count: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  console.log(`\n${sum((it) => it.passed)} passed, ${sum((it) => it.failed)} failed`);
}

/** By full name or by what follows the colon: `host` is `test:host`. */
function chosen(wanted: readonly string[]): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const undefinedStep = steps.find((step) => !(step in scripts));
  if (undefinedStep) throw new Error(`package.json has no script ${undefinedStep}`);
  const unknown = wanted.find((name) => !steps.some((step) => matches(step, name)));
  if (unknown) throw new Error(`no step ${unknown}; there are ${steps.join(', ')}`);
  return steps.filter((step) => wanted.length === 0 || wanted.some((name) => matches(step, name)));
}

function matches(step: string, name: string): boolean {
  return step === name || step.endsWith(`:${name}`);
}

async function main(): Promise<number> {
  const wanted = chosen(process.argv.slice(2));
  if (provision() === 'container') return testInContainer();
  const outcomes: Outcome[] = [];
  for (const step of wanted) {
    const outcome = await run(step);
    outcomes.push(outcome);
    if (step === 'build' && !outcome.ok) break;
  }
  report(outcomes);
  return outcomes.every(({ ok }) => ok) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
