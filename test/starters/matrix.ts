import { readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, posix } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { run, type Ran } from '../../scripts/lib/toolbox.ts';
import { main } from '../../src/cli/main.ts';
import { createEngine, diskFiles } from '../../src/engine.ts';
import { toJavaScript } from '../../src/plan/javascript.ts';
import { applyStyle } from '../../src/plan/style.ts';
import type { ProjectProfile } from '../../src/project/types.ts';
import { sharedRabbitMq } from '../engines/rabbitmq-server.ts';
import { sharedRedis } from '../engines/redis-server.ts';
import type { EngineServer } from '../engines/server-process.ts';
import type { MatrixProject } from './projects.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));
const templatesDir = join(home, 'templates');
export const engine = createEngine({ templatesDir });

/** One line of the matrix. */
export interface Combination {
  readonly pattern: string;
  readonly engine: string;
}

export async function combinations(): Promise<readonly Combination[]> {
  const { patterns } = await engine.catalog();
  return [...patterns.values()]
    .filter((pattern) => pattern.scaffold !== undefined)
    .flatMap(({ id, engines }) => engines.map((name) => ({ pattern: id, engine: name })));
}

/** A repository and work in a loop: what patterns are wired to, beside the project's own entries. */
const DOMAIN: Readonly<Record<string, string>> = {
  users: `export interface User {
  id: string;
  name: string;
}

export class UserRepository {
  private readonly rows = new Map<string, User>();

  async findById(id: string): Promise<User | undefined> {
    return this.rows.get(id);
  }

  async save(user: User): Promise<void> {
    this.rows.set(user.id, user);
  }
}
`,
  orders: `import { writeFile } from 'node:fs/promises';

export interface Order {
  id: string;
  total: number;
}

export async function sendReceipts(orders: readonly Order[]): Promise<void> {
  for (const order of orders) {
    const receipt = \`receipt for \${order.id}: \${order.total}\`;
    await writeFile(\`\${order.id}.txt\`, receipt);
  }
}
`,
};

const SERVERS: Readonly<Record<string, () => Promise<EngineServer>>> = {
  redis: sharedRedis,
  rabbitmq: sharedRabbitMq,
};

/**
 * The variables by which adapters find their servers: of running ones, started here, when `run`; else they are taken
 * out of the environment, so that those tests are skipped as they are at a user's without servers.
 */
export async function serverVariables(run: boolean): Promise<NodeJS.ProcessEnv> {
  const { engines } = await engine.catalog();
  const used = new Set((await combinations()).map((combination) => combination.engine));
  const entries = [...engines.values()]
    .filter(({ id, embedded }) => used.has(id) && !embedded)
    .map(async ({ id, env }) => {
      const start = SERVERS[id];
      if (!start || !env) throw new Error(`The matrix knows no server for the engine ${id}.`);
      return [env.name, run ? (await start()).url : undefined] as const;
    });
  return Object.fromEntries(await Promise.all(entries));
}

/** Puts files for this combination to be wired to beside the project's own; returns their paths. */
export async function addDomain(
  root: string,
  { pattern, engine }: Combination,
  { sourceDir, style, language, moduleSystem }: ProjectProfile,
): Promise<readonly string[]> {
  const isTyped = language === 'typescript';
  const extension = isTyped ? '.ts' : '.js';
  return Promise.all(
    Object.entries(DOMAIN).map(async ([name, typed]) => {
      const path = posix.join(sourceDir, `${name}-${pattern}-${engine}${extension}`);
      const text = isTyped ? typed : await toJavaScript(typed, moduleSystem);
      await writeFile(join(root, path), await applyStyle(text, path, style, isTyped));
      return path;
    }),
  );
}

/** Whether the pattern has something to wire that the user names. */
export async function wiresTarget(pattern: string): Promise<boolean> {
  const { patterns } = await engine.catalog();
  return patterns.get(pattern)?.scaffold?.wiring.some(({ on }) => on === 'target') ?? false;
}

/** The first symbol of these files that the pattern offers to wire, as `--target` takes it. */
export async function targetOf(
  root: string,
  pattern: string,
  paths: readonly string[],
  profile: ProjectProfile,
): Promise<string | undefined> {
  for (const path of paths) {
    const text = await readFile(join(root, path), 'utf8');
    const offers = await engine.candidates({ path, text }, profile);
    const offer = offers.find((candidate) => candidate.pattern === pattern);
    if (offer) return offer.target;
  }
  return undefined;
}

export interface CliResult {
  readonly code: number;
  readonly json: CliJson;
}

/** What `add --json` prints, as far as the matrix looks at it. */
export interface CliJson {
  readonly files?: readonly {
    readonly path: string;
    readonly action: string;
    readonly diff: string;
  }[];
  readonly wiring?: readonly {
    readonly file: string;
    readonly status: string;
    readonly reason?: string;
    readonly snippet?: string;
  }[];
  readonly commands?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Runs the command line in this process. */
export async function cli(args: readonly string[]): Promise<CliResult> {
  const sink = () => {
    const chunks: string[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _, done) {
        chunks.push(chunk.toString());
        done();
      },
    });
    return { stream, text: () => chunks.join('') };
  };
  const [out, err] = [sink(), sink()];
  const io = { out: out.stream, err: err.stream, in: process.stdin, interactive: false };
  const installation = { templatesDir, demosDir: join(home, 'dist/demos'), version: '0' };
  const code = await main([...args, '--json'], io, installation, new AbortController().signal);
  return { code, json: JSON.parse(out.text()) as CliJson };
}

export function profileOf(root: string, dir: string): Promise<ProjectProfile> {
  return engine.profile(diskFiles(root), dir);
}

/**
 * The compiler's errors on the sources and the given files, by the project's own TypeScript and options. Tests are
 * checked as well, whether or not the project's tsconfig includes them. In JavaScript Node says what does not parse.
 */
export async function compileErrors(
  root: string,
  profile: ProjectProfile,
  files: readonly string[],
): Promise<ReadonlySet<string>> {
  if (profile.language === 'javascript') return syntaxErrors(root, files);
  const config = posix.join(profile.packageDir, 'tsconfig.matrix.json');
  const from = (path: string) => posix.relative(profile.packageDir || '.', path);
  const typescript = toolDirs(root, profile.packageDir)
    .map((dir) => join(dir, '../typescript/package.json'))
    .find((path) => existsSync(path));
  if (typescript === undefined) throw new Error(`${profile.packageDir} has no TypeScript`);
  const { version } = JSON.parse(await readFile(typescript, 'utf8')) as { version: string };
  await writeFile(
    join(root, config),
    JSON.stringify({
      extends: `./${from(profile.tsconfig ?? '')}`,
      compilerOptions: {
        noEmit: true,
        composite: false,
        incremental: false,
        rootDir: '.',
        // Errors in options would keep the compiler from looking at the code.
        ...(version.startsWith('6.') ? { ignoreDeprecations: '6.0' } : {}),
      },
      include: [posix.join(from(profile.sourceDir), '**/*.ts'), ...files.map(from)],
      exclude: [],
      references: [],
    }),
  );
  const tsc = join(dirname(typescript), 'bin/tsc');
  const { output } = await run(process.execPath, [tsc, '-p', config, '--pretty', 'false'], {
    cwd: root,
  });
  const errors = output.split(/\r?\n/).filter((line) => /error TS\d+/.test(line));
  // Positions move when a file is wired; what is wrong does not.
  return new Set(errors.map((line) => line.replace(/\(\d+,\d+\)/, '')));
}

/** Of every script of the project that is not installed, the given ones among them. */
async function syntaxErrors(root: string, files: readonly string[]): Promise<ReadonlySet<string>> {
  const scripts = [...(await textsBelow(root)).keys()].filter((path) => /\.js$|^bin\//.test(path));
  const missing = files.filter((path) => !scripts.includes(path));
  const found = await Promise.all(
    scripts.map(async (path) => {
      const { code, output } = await run(process.execPath, ['--check', path], { cwd: root });
      return code === 0 ? [] : [output];
    }),
  );
  return new Set([...found.flat(), ...missing.map((path) => `${path} is not there`)]);
}

/** The project's own files, by path: not what is installed, nor what the matrix adds for the compiler. */
export async function textsBelow(root: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(root, posix.join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules\/|tsconfig\.matrix\.json$)/.test(path))
    .sort();
  const texts = paths.map((path) => readFile(join(root, path), 'latin1'));
  return new Map((await Promise.all(texts)).map((text, index) => [paths[index]!, text]));
}

/** Runs the tests as the plan's last command says, by npm whatever the package manager. */
export function runTests(
  root: string,
  { dir, test }: MatrixProject,
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<Ran> {
  const told = command
    .replace(/^(yarn|pnpm|bun run)\b/, 'npm')
    .replace(/^npx /, '')
    .split(' ');
  const [program = 'npm', ...args] = test?.command ?? told;
  const path = [dirname(process.execPath), ...toolDirs(root, dir), process.env['PATH']];
  return run(program, args, {
    cwd: join(root, dir),
    env: { ...process.env, ...env, ...test?.env, CI: '1', PATH: path.join(delimiter) },
  });
}

/** `node_modules/.bin` of the package and of the folders above it. */
function toolDirs(root: string, dir: string): readonly string[] {
  const dirs = [join(root, dir, 'node_modules/.bin')];
  return dir === '' ? dirs : [...dirs, ...toolDirs(root, posix.dirname(dir).replace(/^\.$/, ''))];
}
