import { asObject } from './json.ts';
import { rangeOf, type Package } from './package.ts';
import { below, isWithin, join, type Reader } from './reader.ts';
import { sample } from './sample.ts';
import { codeTokens, moduleSpecifiers } from './tokens.ts';
import type { ProjectProfile } from './types.ts';
import type { Workspace } from './workspace.ts';

type Runner = ProjectProfile['testRunner'];

export type Testing = Pick<ProjectProfile, 'testRunner' | 'testDir' | 'testSuffix'>;

interface Facts {
  readonly found: Package;
  readonly workspace: Workspace;
  readonly sourceDir: string;
  /** Tests that stand beside the sources. */
  readonly besideSources: readonly string[];
  readonly isNest: boolean;
  readonly language: ProjectProfile['language'];
}

/** What gives a runner away, with the weight it has against other signs. */
const SIGNS: Readonly<
  Record<
    Runner,
    {
      readonly script: RegExp;
      readonly config: RegExp;
      readonly packages: readonly string[];
      readonly imports: readonly string[];
    }
  >
> = {
  vitest: {
    script: /\bvitest\b/,
    config: /^vitest\.(config|workspace)\./,
    packages: ['vitest'],
    imports: ['vitest'],
  },
  jest: {
    script: /\bjest\b/,
    config: /^jest\.config\./,
    packages: ['jest', 'ts-jest', '@jest/globals'],
    imports: ['@jest/globals'],
  },
  mocha: { script: /\bmocha\b/, config: /^\.mocharc\./, packages: ['mocha'], imports: ['mocha'] },
  'node:test': {
    script: /\b(node|tsx)\b[^&|;]*\s--test\b/,
    config: /^$/,
    packages: [],
    imports: ['node:test'],
  },
};
const TEST_FOLDERS = ['test', 'tests', '__tests__', 'spec'];
const MAX_TESTS_READ = 3;

export async function testingOf(reader: Reader, facts: Facts): Promise<Testing> {
  const folders = await testFolders(reader, facts);
  const tests = [...facts.besideSources, ...folders.flatMap((folder) => folder.tests)];
  const configs = await configTexts(reader, facts);
  const testRunner = await runnerOf(reader, facts, tests);
  return {
    testRunner,
    testSuffix: `${suffixOf(tests, configs, facts.isNest)}${facts.language === 'javascript' ? '.js' : '.ts'}`,
    testDir: dirOf(reader, facts, folders, configs, testRunner),
  };
}

interface Folder {
  readonly dir: string;
  readonly tests: readonly string[];
}

async function testFolders(
  reader: Reader,
  { found, sourceDir, language }: Facts,
): Promise<readonly Folder[]> {
  const names = await reader.list(found.dir);
  const present = TEST_FOLDERS.filter((name) => names.includes(`${name}/`));
  const dirs = present.map((name) => join(found.dir, name)).filter((dir) => dir !== sourceDir);
  return Promise.all(
    dirs.map(async (dir) => {
      const { tests, sources } = await sample(reader, dir, language);
      // Mocha takes whatever stands in `test`, by any name.
      return { dir, tests: language === 'javascript' ? [...tests, ...sources] : tests };
    }),
  );
}

async function runnerOf(reader: Reader, facts: Facts, tests: readonly string[]): Promise<Runner> {
  const { found, workspace } = facts;
  const scripts = testScripts(found) || testScripts(workspace.root);
  const names = [...(await reader.list(found.dir)), ...(await reader.list(workspace.dir))];
  const imports = await testImports(reader, tests);
  const score = (runner: Runner): number => {
    const signs = SIGNS[runner];
    const scripted = signs.script.test(scripts) ? 5 : 0;
    const imported = signs.imports.some((name) => imports.includes(name)) ? 4 : 0;
    const keyed = runner in found.json ? 3 : 0;
    const configured = keyed || (names.some((name) => signs.config.test(name)) ? 3 : 0);
    const installed = signs.packages.some(
      (name) => rangeOf(name, [found, workspace.root]) !== undefined,
    );
    return scripted + imported + configured + (installed ? 2 : 0);
  };
  const ranked = (Object.keys(SIGNS) as Runner[])
    .map((runner) => ({ runner, score: score(runner) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score);
  const [first, second] = ranked;
  if (!first) {
    reader.note('No test runner was found: node:test is assumed, which needs no dependency.');
    return 'node:test';
  }
  if (second)
    reader.note(
      `Signs of ${first.runner} and of ${second.runner} were found: ${first.runner} is taken.`,
    );
  return first.runner;
}

/** `test` and what it may run: `test:unit` and the like. */
function testScripts(found: Package | undefined): string {
  return Object.entries(found?.scripts ?? {})
    .filter(([name]) => /^(test|unit)\b/.test(name) && !/e2e|integration|cov/.test(name))
    .map(([, script]) => script)
    .join('\n');
}

async function testImports(reader: Reader, tests: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(tests.slice(0, MAX_TESTS_READ).map((path) => reader.read(path)));
  return texts.flatMap((text) => moduleSpecifiers(codeTokens(text ?? '')));
}

/** Texts that may name where tests stand and what they are called. */
async function configTexts(reader: Reader, { found, workspace }: Facts): Promise<string> {
  const texts: (string | undefined)[] = [];
  for (const dir of new Set([found.dir, workspace.dir])) {
    const names = await reader.list(dir);
    const configs = names.filter((name) => /^(vitest\.config|jest\.config|\.mocharc)\./.test(name));
    texts.push(...(await Promise.all(configs.map((name) => reader.read(join(dir, name))))));
  }
  const keys = [asObject(found.json['jest']), asObject(found.json['mocha'])];
  return [...texts, testScripts(found), ...keys.map((key) => JSON.stringify(key))].join('\n');
}

function suffixOf(tests: readonly string[], configs: string, isNest: boolean): '.test' | '.spec' {
  const specs = tests.filter((path) => /\.spec\.[cm]?[jt]sx?$/.test(path)).length;
  if (tests.length > 0) return specs * 2 > tests.length ? '.spec' : '.test';
  const asks = (word: string) => new RegExp(`[.\\]*]${word}\\\\*\\.|\\.${word}\\b`).test(configs);
  if (asks('spec') !== asks('test')) return asks('spec') ? '.spec' : '.test';
  return isNest ? '.spec' : '.test';
}

/** Undefined when tests stand beside the sources. */
function dirOf(
  reader: Reader,
  { found, sourceDir, besideSources }: Facts,
  folders: readonly Folder[],
  configs: string,
  runner: Runner,
): string | undefined {
  const used = folders.find((folder) => folder.tests.length > 0)?.dir;
  // Without a source folder the sample of the sources holds the test folder as well.
  const beside = besideSources.some((path) => !folders.some(({ dir }) => isWithin(path, dir)));
  if (beside || used !== undefined) return beside ? undefined : used;
  const named = configs.match(/(?:^|[\s"'/])(tests?|spec)\/(?:[\w*./{},-]*)/)?.[1];
  if (named !== undefined && !isWithin(join(found.dir, named), sourceDir))
    return join(found.dir, named);
  const assumed = runner === 'mocha' ? join(found.dir, 'test') : undefined;
  reader.note(
    `No tests were found: new ones go ${assumed === undefined ? 'beside the sources' : `to ${below(found.dir, assumed)}/, where mocha looks`}.`,
  );
  return assumed;
}
