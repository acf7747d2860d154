// What `npm test` and `npm start` need beside npm, and how it is got: `node scripts/provision.ts` installs all of it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './vscode/workbench.ts';

const root = join(import.meta.dirname, '..');

interface Need {
  readonly name: string;
  readonly found: () => boolean;
  readonly debianPackages: readonly string[];
  /** Name of the engine, where the tests can be run without it. */
  readonly engine?: string;
}

const needs: readonly Need[] = [
  {
    name: 'Chromium',
    found: () => findChromium() !== undefined,
    debianPackages: ['chromium', 'fonts-dejavu-core'],
  },
  {
    name: 'Redis',
    found: () => inPath('redis-server'),
    debianPackages: ['redis-server'],
    engine: 'redis',
  },
  {
    name: 'RabbitMQ',
    found: () => inPath('rabbitmq-server') || existsSync('/usr/lib/rabbitmq/bin/rabbitmq-server'),
    debianPackages: ['rabbitmq-server'],
    engine: 'rabbitmq',
  },
];

/** What is missing. Engines that the run leaves out (`PATTERNSMITH_EXCLUDE_ENGINES`) are not missed. */
function missing(names: readonly string[]): readonly Need[] {
  const excluded = (process.env['PATTERNSMITH_EXCLUDE_ENGINES'] ?? '').split(/[\s,]+/);
  return needs.filter(
    ({ name, engine, found }) =>
      names.includes(name) && !(engine && excluded.includes(engine)) && !found(),
  );
}

/**
 * Sees to it that what is named is there. Where Docker Compose runs, nothing is installed: `container` says that the tests are to be
 * run in one. Else Debian's packages are installed, as root or by `sudo -n`. Throws, naming what to install, where neither may be done.
 * `PATTERNSMITH_PROVISION=apt` or `docker` decides by hand.
 */
export function provision(
  names: readonly string[] = needs.map(({ name }) => name),
): 'ready' | 'container' {
  const lacking = missing(names);
  if (lacking.length === 0) return 'ready';
  const wish = process.env['PATTERNSMITH_PROVISION'];
  const what = lacking.map(({ name }) => name).join(', ');
  if (wish !== 'apt' && dockerComposeRuns()) {
    console.error(`${what}: not installed; using Docker.`);
    return 'container';
  }
  const packages = lacking.flatMap(({ debianPackages }) => debianPackages);
  const apt = wish === 'docker' ? undefined : aptGet();
  if (!apt) throw new Error(`${what}: not installed. ${advice(packages, lacking)}`);
  console.error(`Installing ${packages.join(' ')} by apt-get…`);
  apt(['update', '-q']);
  apt(['install', '-q', '-y', '--no-install-recommends', ...packages]);
  const still = missing(names);
  if (still.length === 0) return 'ready';
  throw new Error(`apt-get installed ${packages.join(' ')}, but ${still[0]?.name} is not found.`);
}

function advice(packages: readonly string[], lacking: readonly Need[]): string {
  const engines = lacking.flatMap(({ engine }) => engine ?? []).join(',');
  const leaveOut = engines && ` Or leave engines out: PATTERNSMITH_EXCLUDE_ENGINES=${engines}`;
  return `Install them (Debian: sudo apt-get install ${packages.join(' ')}), or start Docker.${leaveOut}`;
}

/** Runs all the tests in a container, with the output of this process; the exit code. */
export function testInContainer(): number {
  const file = join(root, 'test/engines/compose.yaml');
  const args = ['compose', '-f', file, 'run', '--rm', 'tests'];
  return spawnSync('docker', args, { stdio: 'inherit', cwd: root }).status ?? 1;
}

function dockerComposeRuns(): boolean {
  return succeeds('docker', ['compose', 'version']) && succeeds('docker', ['info']);
}

/** apt-get as root, or undefined where this is no Debian or we may not be root. */
function aptGet(): ((args: readonly string[]) => void) | undefined {
  if (!inPath('apt-get')) return undefined;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !succeeds('sudo', ['-n', 'true'])) return undefined;
  const env = ['DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const [command, ...before] = isRoot ? ['env', ...env] : ['sudo', '-n', 'env', ...env];
  return (args) => {
    execFileSync(command!, [...before, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  };
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function inPath(command: string): boolean {
  const dirs = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return dirs.some((dir) => existsSync(join(dir, command)));
}

if (import.meta.main) {
  try {
    console.log(provision() === 'ready' ? 'All is there.' : 'Tests run in Docker.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
