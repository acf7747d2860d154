import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { check } from 'prettier';
import { detectStyle } from '../../src/project/style.ts';
import type { ProjectProfile, Style } from '../../src/project/types.ts';
import {
  addDomain,
  cli,
  combinations,
  compileErrors,
  profileOf,
  runTests,
  serverVariables,
  targetOf,
  textsBelow,
  wiresTarget,
  type CliJson,
} from './matrix.ts';
import { PROJECTS, type MatrixProject } from './projects.ts';
import type { Copy } from './starters.ts';

const all = await combinations();

describe('scaffolding into the starters and fixtures', () => {
  for (const project of PROJECTS) describe(project.name, () => matrixOf(project));
});

/** All combinations go into one copy, under names of their own, so that they are compiled and tested once, together. */
function matrixOf(project: MatrixProject): void {
  let copy: Copy;
  let profile: ProjectProfile;
  let before_: ReadonlySet<string>;
  let untouched: ReadonlyMap<string, string>;
  const domain = new Map<string, readonly string[]>();
  const created = new Map<string, string>();
  /** Whatever was made or edited, our own records and configuration among it. */
  const written = new Set<string>();
  /** What the user is told to run. */
  let command = '';

  before(async () => {
    copy = await project.copy();
    profile = await profileOf(copy.root, project.dir);
    for (const combination of all) {
      domain.set(keyOf(combination), await addDomain(copy.root, combination, profile));
    }
    before_ = await compileErrors(copy.root, profile, []);
    untouched = await textsBelow(copy.root);
  });
  after(() => copy.dispose());

  for (const combination of all) {
    const { pattern, engine } = combination;
    it(`${pattern} on ${engine}: added, wired, in style; the second run plans nothing`, async () => {
      const paths = domain.get(keyOf(combination)) ?? [];
      const watched = [...paths, ...profile.entries];
      const texts = await textsOf(copy.root, watched);
      const target = await targetOf(copy.root, pattern, watched, profile);
      const args = argumentsFor(join(copy.root, project.dir), project.dir, combination, target);

      equal(target !== undefined, await wiresTarget(pattern), 'a symbol to wire');

      const first = await cli(['add', '--yes', ...args]);
      equal(first.code, 0, JSON.stringify(first.json.error ?? first.json.wiring));
      deepEqual(statuses(first.json), target === undefined ? [] : ['wired']);

      for (const { path, action } of first.json.files ?? []) {
        const full = posix.join(project.dir, path);
        if (action !== 'same') written.add(full);
        if (action === 'create' && /\.[jt]s$/.test(path))
          created.set(full, await readText(copy.root, full));
      }
      for (const path of watched) {
        const text = await readText(copy.root, path);
        if (text !== texts.get(path)) checkEdited(path, texts.get(path) ?? '', text, profile.style);
      }

      command = first.json.commands?.at(-1) ?? '';

      const second = await cli(['add', '--yes', ...args]);
      equal(second.code, 0);
      deepEqual(changes(second.json), []);
    });
  }

  it('what was generated is formatted as the project formats', async () => {
    ok(created.size > 0);
    const unformatted: string[] = [];
    for (const [path, text] of created) {
      if (!(await isFormatted(path, text, profile.style))) unformatted.push(path);
    }
    deepEqual(unformatted, []);
  });

  it('the compiler finds no new error, or Node where there is none', async () => {
    const errors = await compileErrors(copy.root, profile, [...created.keys()]);
    deepEqual(
      [...errors].filter((error) => !before_.has(error)),
      [],
    );
  });

  it('the tests pass under the runner of the project, the generated ones among them', async () => {
    const { code, output } = await runTests(
      copy.root,
      project,
      command,
      await serverVariables(project.engines === true),
    );
    equal(code, 0, output);
    const tests = [...created].filter(([path]) => /\.(test|spec)\.[jt]s$/.test(path));
    ok(tests.length > 0);
    const unseen = tests.filter(([path, text]) => !isReported(output, path, text));
    deepEqual(
      unseen.map(([path]) => path),
      [],
      output,
    );
  });

  it('what is removed leaves nothing behind, and the project as it was to the byte', async () => {
    // The last first: what was wired in among another's lines goes before it.
    for (const { pattern, engine } of all.toReversed()) {
      const instance = `${pattern}/${engine}-${pattern}`;
      const cwd = join(copy.root, project.dir);
      const { code, json } = await cli(['remove', instance, '--yes', '--cwd', cwd]);
      equal(code, 0, JSON.stringify(json));
    }
    const left = await textsBelow(copy.root);
    // Not all files: the project's own tests write some.
    ok(written.size > created.size);
    deepEqual(
      [...written].filter((path) => left.get(path) !== untouched.get(path)),
      [],
    );
  });
}

function keyOf({ pattern, engine }: { pattern: string; engine: string }): string {
  return `${pattern}/${engine}`;
}

function argumentsFor(
  cwd: string,
  dir: string,
  { pattern, engine }: { pattern: string; engine: string },
  target: string | undefined,
): readonly string[] {
  const args = [pattern, '--engine', engine, '--name', `${engine}-${pattern}`, '--cwd', cwd];
  return target === undefined
    ? args
    : [...args, '--target', posix.relative(`/${dir}`, `/${target}`)];
}

/** How wiring ended, each way once. */
function statuses({ wiring = [] }: CliJson): readonly string[] {
  return [...new Set(wiring.map(({ status }) => status))];
}

function changes({ files, error }: CliJson): readonly string[] {
  if (error || !files) return [`error: ${JSON.stringify(error)}`];
  return files
    .filter(({ action }) => action !== 'same')
    .map(({ path, diff }) => `${path}\n${diff}`);
}

async function textsOf(
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readText(root, path)] as const)),
  );
}

function readText(root: string, path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

/** A formatter with the project's settings leaves the text as it is. */
function isFormatted(path: string, text: string, style: Style): Promise<boolean> {
  return check(text, {
    filepath: path,
    singleQuote: style.quotes === 'single',
    semi: style.semicolons,
    useTabs: style.indent === '\t',
    tabWidth: style.indent === '\t' ? 2 : style.indent,
    endOfLine: style.eol === '\n' ? 'lf' : 'crlf',
    trailingComma: style.trailingCommas,
    printWidth: style.printWidth,
    bracketSpacing: style.bracketSpacing,
    arrowParens: style.arrowParens,
  });
}

/** Wiring has brought no second style into a file. */
function checkEdited(path: string, before_: string, after_: string, style: Style): void {
  deepEqual(detectStyle(after_, style), detectStyle(before_, style), path);
  if (style.eol === '\r\n') equal(/[^\r]\n/.test(after_), false, `${path} has lone line feeds`);
  const added = after_.split(/\r?\n/).filter((line) => !before_.includes(line.trim()));
  const otherQuote = style.quotes === 'single' ? '"' : "'";
  deepEqual(
    added.filter((line) => line.includes(otherQuote)),
    [],
    path,
  );
  if (!style.semicolons)
    deepEqual(
      added.filter((line) => line.endsWith(';')),
      [],
      path,
    );
}

/** Runners print the file or the titles of its suites. */
function isReported(output: string, path: string, text: string): boolean {
  const suites = [...text.matchAll(/describe\w*\(\s*(['"`])(.*?)\1/g)].map(
    (match) => match[2] ?? '',
  );
  return [posix.basename(path), ...suites].some((name) => output.includes(name));
}
