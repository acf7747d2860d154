/**
 * Whole processes that scaffold and wire one thing, as a person starts them: the command line with wiring by syntax tree,
 * `nest g service` (wires by syntax tree too) and `plop` with an `append` (wires by regular expression).
 */
import { execFile } from 'node:child_process';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { starter } from '../test/starters/starters.ts';
import { sizes, target, writeProject } from './project.ts';
import type { Bench, Row } from './types.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const rounds = 5;

const plopfile = `module.exports = (plop) => {
  plop.setGenerator('service', {
    prompts: [],
    actions: [
      { type: 'add', path: 'src/users/users.service.ts', template: 'export class UsersService {}\\n' },
      { type: 'append', path: 'src/app.module.ts', pattern: /providers: \\[/, template: '    UsersService,' },
    ],
  });
};
`;

interface Tool {
  readonly name: string;
  readonly command: (project: string) => readonly string[];
  /** Must exist afterwards, so that a tool that failed cannot win. */
  readonly makes: string;
}

const tools: readonly Tool[] = [
  {
    name: 'patternsmith add',
    command: () => [
      join(root, 'dist/cli.cjs'),
      ...['add', 'cache-aside', '--name', 'user', '--target', target, '--yes'],
    ],
    makes: 'src/patterns/user-cache.ts',
  },
  {
    name: 'plop',
    command: () => [join(root, 'node_modules/plop/bin/plop.js'), 'service'],
    makes: 'src/users/users.service.ts',
  },
  {
    name: 'nest g service',
    command: (project) => [
      join(project, 'node_modules/@nestjs/cli/bin/nest.js'),
      'g',
      'service',
      'users',
    ],
    makes: 'src/users/users.service.ts',
  },
];

async function makeProject(files: number, modules: string): Promise<string> {
  const project = await writeProject(files);
  await writeFile(
    join(project, 'nest-cli.json'),
    JSON.stringify({ collection: '@nestjs/schematics', sourceRoot: 'src' }),
  );
  await writeFile(join(project, 'plopfile.cjs'), plopfile);
  await symlink(modules, join(project, 'node_modules'));
  await run('git', ['init', '-q'], { cwd: project });
  await writeFile(join(project, '.gitignore'), 'node_modules\n');
  await run('git', ['add', '.'], { cwd: project });
  await run(
    'git',
    ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '-qm', 'start'],
    { cwd: project },
  );
  return project;
}

/** Milliseconds of one run; the project is as before afterwards. */
async function time(tool: Tool, project: string): Promise<number> {
  const started = performance.now();
  await run(process.execPath, [...tool.command(project)], {
    cwd: project,
    env: { ...process.env, CI: '1' },
  });
  const took = performance.now() - started;
  const { stdout } = await run('git', ['status', '--porcelain', '-uall'], { cwd: project });
  if (!stdout.includes(tool.makes))
    throw new Error(`${tool.name} did not make ${tool.makes}:\n${stdout}`);
  await run('git', ['checkout', '-q', '.'], { cwd: project });
  await run('git', ['clean', '-fdq'], { cwd: project });
  return took;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function measure(files: number, modules: string): Promise<Row[]> {
  const project = await makeProject(files, modules);
  try {
    const times = new Map<string, number[]>(tools.map(({ name }) => [name, []]));
    // In turns, so that a slow moment of the machine hits all of them; the first round fills caches and is dropped.
    for (let round = 0; round <= rounds; round++) {
      for (const tool of tools) {
        const took = await time(tool, project);
        if (round > 0) times.get(tool.name)?.push(took);
      }
    }
    const plop = median(times.get('plop') ?? []);
    return [...times].map(([name, values]) => ({
      name: `${files} files: ${name}`,
      value: median(values),
      unit: 'ms',
      ratio: median(values) / plop,
    }));
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

export const bench: Bench = {
  id: 'cli',
  title: 'Scaffold and wire, whole process, median; ratio to plop (below 1 is faster)',
  async run() {
    const nest = await starter('nest');
    const modules = join(nest.installed, 'node_modules');
    const rows: Row[] = [];
    for (const files of sizes) rows.push(...(await measure(files, modules)));
    return rows;
  },
};
