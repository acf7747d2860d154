import { aliasesOf } from './aliases.ts';
import { entriesOf } from './entries.ts';
import { ProjectError } from './errors.ts';
import { formattingOf } from './formatter.ts';
import { frameworkOf, frameworkVersionOf } from './framework.ts';
import { languageOf } from './language.ts';
import { likelySourceDir, projectDir, sourceDirOf } from './layout.ts';
import { modulesOf } from './modules.ts';
import { noteNodeTypes } from './node-types.ts';
import { nodeMajorOf } from './node-version.ts';
import { nearestPackage } from './package.ts';
import { join, leavesRoot, Reader } from './reader.ts';
import { testingOf } from './runner.ts';
import { isConfig, isSource, sample } from './sample.ts';
import { codeTokens } from './tokens.ts';
import { governingTsconfig, javaScriptConfig } from './tsconfig.ts';
import type { ProjectFiles, ProjectProfile } from './types.ts';
import { findWorkspace, workspaceMembers } from './workspace.ts';

/** Sources read to see how the project writes its code. */
const MAX_SOURCES = 5;

export interface ProfileOptions {
  /** Major of the Node that runs, for projects that name none. Default: this process's. */
  readonly runningNode?: number;
}

/**
 * What the project around `near` (a file or folder, which need not exist) is. Reads a bounded number of files,
 * whatever the size of the project. Throws `ProjectError` `NO_PACKAGE_JSON`, `NO_TSCONFIG`, `SYNTAX_ERROR`, or
 * `OUTSIDE_WORKSPACE` when `near` leaves the root.
 */
export async function profile(
  files: ProjectFiles,
  near: string,
  options: ProfileOptions = {},
): Promise<ProjectProfile> {
  const reader = new Reader(files);
  const at = confined(near);
  const found = await nearestPackage(reader, at);
  const workspace = await findWorkspace(reader, found);
  const packages = [found, workspace.root];

  const dir = await projectDir(reader, found, at);
  const language = await languageOf(reader, found, dir, at);
  const likely = await likelySourceDir(reader, dir, at, language);
  if (likely === undefined) await refuseEmptyWorkspaceRoot(reader, dir, language);
  const config =
    language === 'javascript'
      ? await javaScriptConfig(reader, dir, found.dir)
      : await governingTsconfig(reader, likely ?? dir);
  const sourceDir = likely ?? sourceDirOf(config, dir);
  const outDir = join(sourceDir, 'patterns');

  const nearby = await sample(reader, sourceDir, language);
  const entries = await entriesOf(reader, found, config, sourceDir, language);
  const texts = await readSources(reader, at, [
    ...entries.map((entry) => entry.path),
    ...nearby.sources,
  ]);
  const framework = frameworkOf(
    reader,
    found,
    workspace,
    entries.map((entry) => entry.tokens),
  );
  const { moduleSystem, importExtension } = await modulesOf(reader, {
    config,
    packages,
    sources: texts.map(codeTokens),
    outDir,
    language,
  });
  if (language === 'typescript') noteNodeTypes(reader, { config, packages });
  const testing = await testingOf(reader, {
    found,
    workspace,
    sourceDir,
    besideSources: nearby.tests,
    isNest: framework === 'nest',
    language,
  });
  const formatting = await formattingOf(
    reader,
    found,
    workspace,
    join(sourceDir, language === 'javascript' ? 'index.js' : 'index.ts'),
    texts,
  );
  if (entries.length === 0) {
    reader.note(
      'No file that starts the application was found: what belongs there is shown instead.',
    );
  }

  return {
    packageDir: found.dir,
    packageName: found.name,
    language,
    tsconfig: config.path || undefined,
    sourceDir,
    outDir,
    moduleSystem,
    importExtension,
    aliases: aliasesOf(reader, config, found, sourceDir),
    framework,
    frameworkVersion: await frameworkVersionOf(reader, framework, found, workspace),
    ...testing,
    ...formatting,
    packageManager: workspace.manager,
    workspaceDir: workspace.dir,
    nodeMajor: await nodeMajorOf(reader, packages, options.runningNode ?? runningMajor()),
    dependencies: found.dependencies,
    devDependencies: found.devDependencies,
    entries: entries.map((entry) => entry.path),
    notes: reader.notes,
  };
}

function confined(near: string): string {
  const path = join(near);
  if (!leavesRoot(path)) return path;
  throw new ProjectError(
    'OUTSIDE_WORKSPACE',
    `${near} leaves the workspace.`,
    'Name a path inside the workspace.',
  );
}

/** A workspace's root without source of its own: which of its packages was meant is for the reader to say. */
async function refuseEmptyWorkspaceRoot(
  reader: Reader,
  dir: string,
  language: ProjectProfile['language'],
): Promise<void> {
  const members = await workspaceMembers(reader, dir);
  const names = await reader.list(dir);
  if (members.length === 0 || names.some((name) => isSource(name, language) && !isConfig(name)))
    return;
  throw new ProjectError(
    'NO_TSCONFIG',
    `${dir || 'The workspace folder'} is the root of several packages and holds no source of its own.`,
    `Name a file of one of its packages as the target, or begin in its folder: ${members.join(', ')}.`,
  );
}

function runningMajor(): number {
  return Number(process.versions.node.split('.')[0]);
}

/** The file that was asked about first: its neighbours should look like it. */
async function readSources(
  reader: Reader,
  near: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const wanted = /\.[cm]?[jt]s$/.test(near) ? [near, ...paths] : paths;
  const chosen = [...new Set(wanted)].slice(0, MAX_SOURCES);
  const texts = await Promise.all(chosen.map((path) => reader.read(path)));
  return texts.filter((text) => text !== undefined);
}
