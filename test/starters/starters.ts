import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, run } from '../../scripts/lib/toolbox.ts';
import { linkTree } from './link-tree.ts';

/** A project as its ecosystem's own generator makes it. */
export interface Starter {
  readonly package: string;
  readonly version: string;
  /** Arguments of `npm exec`, after the package; made in a folder `app` of the working directory. */
  readonly command: readonly string[];
  /** The generator does not install the dependencies itself. */
  readonly install: boolean;
  /** Packages in the place of those it asks for, where what it makes does not pass its own tests. */
  readonly repair?: readonly string[];
  /** For a generator that takes its template from a host which may be out of reach. */
  readonly offline?: {
    /** How its failure to reach it reads. */
    readonly failure: RegExp;
    /** Puts a template into the generator's cache; returns the arguments that make it look there. */
    readonly prepare: (cache: string) => Promise<readonly string[]>;
  };
}

/** The one place where versions of the generators stand. Skips git and asks nothing. */
export const STARTERS: Readonly<Record<string, Starter>> = {
  nest: {
    package: '@nestjs/cli',
    version: '12.0.8',
    command: ['nest', 'new', 'app', '--skip-git', '--skip-install', '--package-manager', 'npm'],
    install: true,
  },
  hono: {
    package: 'create-hono',
    version: '0.19.5',
    command: ['create-hono', 'app', '--template', 'nodejs', '--pm', 'npm', '--install'],
    install: false,
    offline: { failure: /Failed to fetch/, prepare: packHonoTemplate },
  },
  fastify: {
    package: 'fastify-cli',
    version: '8.0.2',
    command: ['fastify', 'generate', 'app', '--lang=ts'],
    install: true,
    // It asks for ~6.0.2, under which its own `npm test` stops at TS5011 and TS2591.
    repair: ['typescript@~5.9.3'],
  },
  express: {
    package: 'express-generator-typescript',
    version: '2.8.1',
    command: ['express-generator-typescript', 'app'],
    install: false,
  },
  // Plain JavaScript in CommonJS.
  'express-javascript': {
    package: 'express-generator',
    version: '4.16.1',
    command: ['express', 'app'],
    install: true,
  },
};

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Engine clients, so that adapters compile and run: in node_modules only, the project itself does not name them. */
const CLIENTS = ['redis@^6.3.1', 'rabbitmq-client@^5.0.8'];

/** A copy of a project for one test. */
export interface Copy {
  readonly root: string;
  dispose(): Promise<void>;
}

/** A project that copies are made of. */
export interface Project {
  readonly name: string;
  /** Folder with what is installed; not to be written. */
  readonly installed: string;
  /** Folder with the project's own files, where they stand elsewhere. */
  readonly sources?: string;
}

/** The starter, made once per user and version with its dependencies installed. */
export async function starter(name: string): Promise<Project> {
  const spec = STARTERS[name];
  if (!spec) throw new Error(`There is no starter ${name}: ${Object.keys(STARTERS).join(', ')}.`);
  const id = `${spec.package}@${spec.version}`.replace(/^@/, '').replace('/', '-');
  const folder = join(cacheFolder(), 'starters', id);
  return { name, installed: await once(folder, (temporary) => generate(spec, temporary)) };
}

/** A fixture with its dependencies, installed once per user and manifests. */
export async function fixture(name: string): Promise<Project> {
  const sources = join(FIXTURES, name);
  const names = await readdir(sources, { recursive: true });
  const manifests = names.filter((path) =>
    /(^|\/)(package\.json|pnpm-workspace\.yaml)$/.test(path),
  );
  const texts = await Promise.all(manifests.map((path) => readFile(join(sources, path), 'utf8')));
  const hash = createHash('sha256')
    .update([...texts, ...CLIENTS].join())
    .digest('hex');
  const folder = join(cacheFolder(), 'starters', `${name}@${hash.slice(0, 12)}`);
  const installed = await once(folder, async (temporary) => {
    for (const path of manifests) await cp(join(sources, path), join(temporary, path));
    if (manifests.includes('pnpm-workspace.yaml')) await pnpmInstall(temporary);
    else await install(temporary);
  });
  return { name, installed, sources };
}

/** A fresh copy to write in. Installed packages are hard links: that takes no time, and no test edits them. */
export async function copyOf(project: Project): Promise<Copy> {
  const parent = join(cacheFolder(), 'copies');
  await mkdir(parent, { recursive: true });
  const root = await mkdtemp(join(parent, `${project.name}-`));
  await linkTree(project.installed, root);
  if (project.sources !== undefined) await cp(project.sources, root, { recursive: true });
  return { root, dispose: () => rm(root, { recursive: true, force: true }) };
}

/** Makes a folder under a temporary name first, so that one that is there is whole. */
async function once(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}.`);
  console.error(`making ${basename(folder)}, once`);
  try {
    await make(temporary);
    await rename(temporary, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}

async function generate(spec: Starter, folder: string): Promise<void> {
  const name = `${spec.package}@${spec.version}`;
  // The generators' own caches stay with this run, whatever an earlier one has left.
  const cache = await mkdtemp(join(cacheFolder(), 'generator-'));
  try {
    const exec = (more: readonly string[] = []) =>
      npm(folder, ['exec', '--yes', `--package=${name}`, '--', ...spec.command, ...more], cache);
    try {
      await exec();
    } catch (error) {
      if (!spec.offline?.failure.test(String(error))) throw error;
      console.error(
        `${name} could not fetch its template; it works from a template like it instead`,
      );
      await rm(join(folder, 'app'), { recursive: true, force: true });
      await exec(await spec.offline.prepare(cache));
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
  const app = join(folder, 'app');
  if (spec.install) await npm(app, ['install', ...QUIET]);
  await install(app, spec.repair);
  await moveUp(app, folder);
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

async function install(folder: string, more: readonly string[] = []): Promise<void> {
  await npm(folder, ['install', '--no-save', '--no-package-lock', ...QUIET, ...CLIENTS, ...more]);
}

/** The packages of a pnpm workspace; what this writes into manifests stays in the installed folder. */
async function pnpmInstall(folder: string): Promise<void> {
  const pnpm = ['exec', '--yes', '--package=pnpm@10.24.0', '--', 'pnpm'];
  await npm(folder, [...pnpm, 'install', '--no-frozen-lockfile']);
  await npm(folder, [...pnpm, '--recursive', 'add', ...CLIENTS]);
}

async function moveUp(app: string, folder: string): Promise<void> {
  const aside = `${folder}.app`;
  await rename(app, aside);
  await rm(folder, { recursive: true });
  await rename(aside, folder);
}

/** npm under the Node that runs the tests: some generators refuse older ones. */
async function npm(cwd: string, args: readonly string[], cache?: string): Promise<void> {
  const env = {
    ...process.env,
    PATH: dirname(process.execPath) + delimiter + (process.env['PATH'] ?? ''),
    ...(cache === undefined ? {} : { XDG_CACHE_HOME: cache }),
    CI: '1',
    DO_NOT_TRACK: '1',
  };
  const { code, output } = await run('npm', args, { cwd, env });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${output}`);
}

/**
 * create-hono takes its template from a GitHub archive. Where that cannot be reached, its `--offline` reads the archive
 * from its cache: here one is packed from the fixture that has the template's settings.
 */
async function packHonoTemplate(cache: string): Promise<readonly string[]> {
  const staging = await mkdtemp(join(cache, 'hono-'));
  await cp(join(FIXTURES, 'hono-node'), join(staging, 'starter/templates/nodejs'), {
    recursive: true,
  });
  const archives = join(cache, 'bluwy-giget/gh/honojs-starter');
  await mkdir(archives, { recursive: true });
  const archive = join(archives, 'v0.19.tar.gz');
  const { code, output } = await run('tar', ['-czf', archive, 'starter'], { cwd: staging });
  if (code !== 0) throw new Error(`tar failed: ${output}`);
  return ['--offline'];
}
